import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { importsBelow, importsOf, ROOT } from './layers/imports';
import { cycles, n8nInCore, pastDoors, sharedNames, upwardImports, withoutLayer } from './layers/rules';

const IMPORTS = importsBelow(['core', 'credentials', 'nodes']);

test('all code is read', () => {
	expect(IMPORTS.length).toBeGreaterThan(500);
	expect(withoutLayer(IMPORTS)).toEqual([]);
});

test('no import points up, and none leads from one node into another', () => {
	expect(upwardImports(IMPORTS)).toEqual([]);
});

test('no files and no folders need each other in a circle', () => {
	expect(cycles(IMPORTS)).toEqual([]);
});

test('core/ knows nothing of n8n', () => {
	expect(n8nInCore(IMPORTS)).toEqual([]);
});

test('the insides of ssh2 and of Node.js are reached by one door each', () => {
	expect(pastDoors(IMPORTS)).toEqual([]);
});

test('in core/ a name is that of one file, or of one role in each destination', () => {
	const files = readdirSync(join(ROOT, 'core'), { recursive: true, encoding: 'utf8' });
	const paths = files.filter((name) => name.endsWith('.ts')).map((name) => `core/${name.split(sep).join('/')}`);
	expect(sharedNames(paths)).toEqual([]);
});

describe('what is planted is found', () => {
	test.each([
		['a value', "import { a } from '../transfer/receipt';"],
		['a type', "import type { A } from '../transfer/receipt';"],
		['one type among others', "import { type A } from '../transfer/receipt';"],
		['an export', "export { a } from '../transfer/receipt';"],
		['an import when it is needed', "const a = async () => await import('../transfer/receipt');"],
		['a type without an import', "let a: import('../transfer/receipt').A;"],
		['a require', "const a = require('../transfer/receipt');"],
	])('%s from a higher layer', (_, text) => {
		expect(upwardImports(importsOf('core/domo/page.ts', text))).toEqual(['core/domo/page → core/transfer/receipt']);
	});

	test.each([
		['core/transfer/a', 'nodes/shared/b'],
		['core/names/a', 'core/transfer/b'],
		['core/format/a', 'core/names/b'],
		['core/destinations/sftp/a', 'core/format/b'],
		['core/domo/a', 'core/destinations/b'],
		['core/support/memory/a', 'core/domo/b'],
		['nodes/shared/a', 'nodes/DomoWriteback/b'],
		['nodes/shared/a', 'credentials/b'],
		['nodes/DomoWriteback/a', 'nodes/DomoDataSetTrigger/b'],
	])('%s imports %s', (from, to) => {
		expect(upwardImports([{ from, to }])).toHaveLength(1);
		expect(upwardImports([{ from: to, to: from }])).toHaveLength(from.split('/')[1]?.startsWith('Domo') ? 1 : 0);
	});

	test('two files that need each other', () => {
		const imports = [
			{ from: 'core/domo/a', to: 'core/domo/b' },
			{ from: 'core/domo/b', to: 'core/domo/c' },
			{ from: 'core/domo/c', to: 'core/domo/a' },
		];
		expect(cycles(imports)).toEqual(['core/domo: a → b → c → a']);
		expect(cycles(imports.slice(1))).toEqual([]);
	});

	test('two folders that need each other, though no files do', () => {
		const imports = [
			{ from: 'core/format/csv/a', to: 'core/format/rows/b' },
			{ from: 'core/format/rows/c', to: 'core/format/csv/d' },
		];
		expect(cycles(imports)).toEqual(['core/format: csv → rows → csv']);
	});

	test('a folder and a file beside it that need each other', () => {
		const imports = [
			{ from: 'core/format/csv/a', to: 'core/format/b' },
			{ from: 'core/format/b', to: 'core/format/csv/c' },
		];
		expect(cycles(imports)).toHaveLength(1);
	});

	test('n8n in core/', () => {
		const text = "import type { INode } from 'n8n-workflow';\nimport { a } from '../../nodes/shared/nodeError';";
		expect(n8nInCore(importsOf('core/domo/page.ts', text))).toHaveLength(2);
	});

	test("a file behind the door of ssh2's insides", () => {
		const inside = {
			from: 'core/destinations/sftp/ssh2Internals/index',
			to: 'core/destinations/sftp/ssh2Internals/gcmCipher',
		};
		const past = {
			from: 'core/destinations/sftp/connection/session',
			to: 'core/destinations/sftp/ssh2Internals/gcmCipher',
		};
		const door = { from: 'core/destinations/sftp/connection/session', to: 'core/destinations/sftp/ssh2Internals' };
		expect(pastDoors([inside, past, door])).toHaveLength(1);
		const memory = { from: 'core/destinations/sftp/ssh2Internals/gcmCipher', to: 'core/support/memory/freeBuffer' };
		expect(pastDoors([memory, { ...memory, to: 'core/support/memory' }])).toHaveLength(1);
	});

	test('a file that is in no layer', () => {
		expect(withoutLayer([{ from: 'core/more/a', to: 'core/support/errors' }])).toEqual(['core/more/a']);
	});

	test('one name for two files', () => {
		expect(sharedNames(['core/domo/request.ts', 'core/transfer/request.ts'])).toHaveLength(1);
		expect(sharedNames(['core/destinations/sftp/a/b.ts', 'core/destinations/sftp/b.ts'])).toHaveLength(1);
		const roles = ['core/destinations/destination.ts', 'core/destinations/sftp/destination.ts'];
		expect(sharedNames([...roles, 'core/destinations/azureBlob/destination.ts'])).toEqual([]);
	});
});
