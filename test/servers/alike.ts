import type { SandboxDataSet } from '../../sandbox/domo/dataSet';
import { columns } from '../../sandbox/domo/dataSet';
import { numbered } from '../../sandbox/domo/numbered';

const WORDS = 12;

/** So many DataSets of one size, each record of which differs from the same record of every other: only the content tells whose it is. */
export function alike(count: number, bytes: number): SandboxDataSet[] {
	return Array.from({ length: count }, (_, number) => {
		const name = `Alike ${String(number).padStart(3, '0')}, ${bytes} bytes`;
		return numbered({ name, bytes, columns: columns({ id: 'LONG', text: 'STRING' }), tail: text(number) });
	});
}

/** Hexadecimal noise, the same length for all. */
function text(number: number): (index: number) => string {
	const word = (index: number, at: number) => {
		const seed = Math.imul(number * 7919 + index * WORDS + at + 1, 0x9e3779b1);
		return ((seed ^ (seed >>> 15)) >>> 0).toString(16).padStart(8, '0');
	};
	return (index) => `,${Array.from({ length: WORDS }, (_, at) => word(index, at)).join('')}`;
}
