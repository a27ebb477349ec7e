import * as fc from 'fast-check';
import { WritebackError } from '../../../core/support/errors';
import { folderOf } from './names';
import { refusal } from '../refusal';
import { RUNS } from '../runs';

test.each([
	['', ''],
	[' ', ''],
	['.', ''],
	['./', ''],
	['~', ''],
	['~/', ''],
	['/', '/'],
	['//', '/'],
	['/.', '/'],
	['incoming', 'incoming'],
	['incoming/domo', 'incoming/domo'],
	['./incoming/./domo/', 'incoming/domo'],
	['~/incoming', 'incoming'],
	['~//incoming', 'incoming'],
	['./~/incoming', 'incoming'],
	['/incoming/domo/', '/incoming/domo'],
	['//incoming///domo//', '/incoming/domo'],
	[' /incoming/domo \n', '/incoming/domo'],
	['/incoming/domo /', '/incoming/domo'],
	['/a/ /b', '/a/b'],
	['/in coming/söhne/漢字', '/in coming/söhne/漢字'],
	['~bob/in', '~bob/in'],
	['/~/in', '/~/in'],
	['a..b/...', 'a..b/...'],
	['/C:/in', '/C:/in'],
	['-rf', '-rf'],
	['$HOME/*', '$HOME/*'],
])('the path %j is the folder %j', (typed, folder) => {
	expect(folderOf(typed)).toBe(folder);
});

test.each([
	['..', 'it contains ".."'],
	['../in', 'it contains ".."'],
	['/in/../../etc', 'it contains ".."'],
	['in/..', 'it contains ".."'],
	['~/..', 'it contains ".."'],
	['in/.. /x', 'it contains ".."'],
	['in/ ../x', 'it contains ".."'],
	['in\\domo', 'it contains a backslash'],
	['\\\\server\\share', 'it contains a backslash'],
	['in\u0000', 'control characters'],
	['in\ndomo', 'control characters'],
	['in\u202edomo', 'control characters'],
	['in\ud83d', 'control characters'],
])('the path %j is refused: %s', (typed, why) => {
	expect(refusal(() => folderOf(typed))).toMatchObject({
		reason: 'setting',
		message: expect.stringContaining(why),
		hint: expect.stringMatching(/./),
	});
});

const hostile = fc.oneof(
	fc
		.array(fc.constantFrom('/', '/', '.', '..', '~', ' ', 'a', 'b c', '\\', '\u0000', '\u202e', '\u00a0', '漢', '😀'), {
			maxLength: 14,
		})
		.map((pieces) => pieces.join('')),
	fc.string({ unit: 'binary', maxLength: 60 }),
);

test('whatever is typed is refused as a setting, or is a folder without a way up, in its shortest form', () => {
	fc.assert(
		fc.property(hostile, (typed) => {
			const folder = accepted(typed);
			if (folder === undefined) return;
			expect(folder.split('/').map((name) => name.trim())).not.toContain('..');
			expect(folder).not.toMatch(/\/\/|.\/$|\\/s);
			expect(folder).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
			expect(folder.startsWith('/')).toBe(typed.trim().startsWith('/'));
			expect(folderOf(folder)).toBe(folder);
		}),
		RUNS,
	);
});

function accepted(typed: string): string | undefined {
	try {
		return folderOf(typed);
	} catch (fault) {
		expect(fault).toBeInstanceOf(WritebackError);
		expect(fault).toMatchObject({ reason: 'setting', message: expect.stringMatching(/^Path: /) });
		return undefined;
	}
}
