const rooms = require('./.dependency-cruiser.rooms.cjs');

/** Counts type imports too: a room may not even know the types of a room that it must not reach. */
module.exports = {
  forbidden: rooms.all,
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'default'] },
  },
};
