import { fileURLToPath } from 'node:url';
import { encodingLines } from './encodingLines';
import { isMissed, tableOf } from './report';
import { sizeLines } from './sizeLines';
import { verdictLines } from './verdictLines';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const sizes = await sizeLines(dist);
const lines = [...verdictLines(), ...encodingLines(), ...sizes];

console.log(`Node ${process.version}. Times are medians where nothing else is said.\n`);
console.log(tableOf(lines));
if (sizes.length === 0) console.log('\nNo sizes: nothing is built yet. Run npm run build first.');
if (lines.some(isMissed)) process.exitCode = 1;
