import * as fc from 'fast-check';
import { Readable } from 'node:stream';
import { readDateFormat } from '../../core/support/datePattern';
import { temporaryPaths } from '../../core/destinations/sftp/files/temporaryName';
import { describeDataSet, readDataSet } from '../../core/domo/dataSet';
import { WritebackError } from '../../core/support/errors';
import { doneFileName, fileName, joined, readFileName, safeName } from '../../core/names/fileName';
import { folder, readFolder } from '../../core/names/folder';
import { CSV, ID, valuesOf } from '../core/names/names';
import { RUNS } from '../core/runs';

const PIECES = [
	'..',
	'.',
	'/',
	'\\',
	'~',
	'a',
	' ',
	'\0',
	'\n',
	'\u001b',
	'\u202e',
	'\u200b',
	'\ud83d',
	'CON',
	'%2e',
	':',
];
const hostile = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(''));
const MACROS = [
	'<data_set_name>',
	'<data_set_id>',
	'<current_date>',
	'<updated_at>',
	'<rows>',
	'<execution_id>',
	'<part>',
];
const template = fc.array(fc.constantFrom(...MACROS, 'x', '.', '-'), { minLength: 1, maxLength: 5 });
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

function expectOneName(name: string): void {
	expect(name).not.toMatch(/[/\\]|\.\./);
	expect(name).not.toMatch(INVISIBLE);
	expect(name).toMatch(/[^.\s]/);
}

/** What `make` makes; undefined where it refuses as a setting. */
function accepted<T>(make: () => T): T | undefined {
	try {
		return make();
	} catch (fault) {
		expect(fault).toBeInstanceOf(WritebackError);
		return undefined;
	}
}

test('whatever Domo calls a DataSet, every name and folder stays where the user put it', () => {
	fc.assert(
		fc.property(
			hostile,
			template,
			fc.constantFrom('yyyy', "'/'", "'..'", "yyyy'/'MM", "'.'yyyy"),
			(name, pieces, dates) => {
				const typed = pieces.join('');
				const dateFormat = readDateFormat(dates, 'Date Format');
				const values = valuesOf(name, { dataSetName: safeName(name) || ID, dateFormat });
				fc.pre(!typed.includes('..'));
				const data = accepted(() =>
					joined(fileName({ kind: 'filename', template: readFileName(typed) }, CSV, values), 1, 2),
				);
				const done = accepted(() => doneFileName(readFileName(typed, 'Done File Name'), values));
				const where = accepted(() => folder(readFolder(`in/${typed}`, 'Path'), values, 'Path'));
				for (const file of [data, done].filter((one) => one !== undefined)) {
					expectOneName(file);
					const target = { folder: where ?? 'in', fileName: file, temporary: { kind: 'suffix' } } as Parameters<
						typeof temporaryPaths
					>[0];
					for (const path of Object.values(temporaryPaths(target))) expect(path.split('/')).not.toContain('..');
				}
				if (where !== undefined) expect(where).toMatch(/^in(\/|$)/);
				if (where !== undefined) expect(where.split('/').map((one) => one.trim())).not.toContain('..');
			},
		),
		RUNS,
	);
});

test('a DataSet called ~ is a folder of that name, not a home folder', () => {
	const values = valuesOf('~root');
	expect(folder(readFolder('<data_set_name>/x', 'Path'), values, 'Path')).toBe('_root/x');
});

test.each(['../../../etc/cron.d/evil', '../../other-container/evil', `${ID}\n`, `${ID}/..`, '', '\0', 'a'])(
	'%j is the ID of no DataSet',
	async (id) => {
		expect(readDataSet({ id, name: 'Sales' })).toBeUndefined();
		const ask = async () => ({ status: 200, headers: {}, body: Readable.from([JSON.stringify({ id })]) });
		await expect(describeDataSet(ask, ID)).rejects.toMatchObject({ reason: 'domoNotData' });
	},
);

test("another DataSet's description is refused", async () => {
	const other = ID.replace(/^./, '0');
	const ask = async () => ({ status: 200, headers: {}, body: Readable.from([JSON.stringify({ id: other })]) });
	await expect(describeDataSet(ask, ID)).rejects.toThrow(`Domo described a DataSet other than ${ID}`);
});

test('texts of an answer are cut', () => {
	const long = 'x'.repeat(60_000);
	const read = readDataSet({
		id: ID,
		name: long,
		updatedAt: long,
		dataCurrentAt: long,
		owner: { id: long, name: long },
	});
	expect(JSON.stringify(read).length).toBeLessThan(1000);
});
