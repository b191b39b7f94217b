const rooms = require('./.dependency-cruiser.rooms.cjs');

/** Counts value imports only: what ends up in the bundles. */
module.exports = {
  forbidden: rooms.values,
  options: {
    tsPreCompilationDeps: false,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'default'] },
  },
};
