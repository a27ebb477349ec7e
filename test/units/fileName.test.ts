import { fileName } from '../../nodes/DomoWriteback/fileName';

const ID = '845305d8-da3d-4107-a9d6-13ef3f86d4a4';

test('a file named after the ID is the ID with .csv', () => {
	expect(fileName({ kind: 'dataSetId' }, { id: ID, name: 'Sales' })).toBe(`${ID}.csv`);
});

test('a typed name is taken as it was checked', () => {
	expect(fileName({ kind: 'filename', name: 'x.txt' }, { id: ID, name: 'Sales' })).toBe('x.txt');
});

test.each([
	['Sales', 'Sales.csv'],
	['Sales.csv', 'Sales.csv.csv'],
	["O'Brien & Söhne 100 %", "O'Brien & Söhne 100 %.csv"],
	['漢字 🙂', '漢字 🙂.csv'],
	['v1.2 (final)', 'v1.2 (final).csv'],
	['-rf', '-rf.csv'],
	['a/b\\c:d', 'a_b_c_d.csv'],
	['../../etc/passwd', '_etc_passwd.csv'],
	['a/../b', 'a_b.csv'],
	['Wait... what', 'Wait_ what.csv'],
	['.hidden', '_hidden.csv'],
	['ends with dots...', 'ends with dots.csv'],
	['line\r\nbreak\u0000', 'line_break_.csv'],
	['invoice\u202egpj.exe', 'invoice_gpj.exe.csv'],
	['<b>"What?"|*</b>', '_b_What_b_.csv'],
	['lone \ud83d surrogate', 'lone _ surrogate.csv'],
	['CON', '_CON.csv'],
	['nul.txt', '_nul.txt.csv'],
	['com1 .a', '_com1 .a.csv'],
	['CONOUT$', '_CONOUT$.csv'],
	['console', 'console.csv'],
	['', `${ID}.csv`],
	['  \t ', `${ID}.csv`],
	['.', `${ID}.csv`],
	['. . .', `${ID}.csv`],
	['/', `${ID}.csv`],
	['\u202e\u202e', `${ID}.csv`],
])('a DataSet named %j becomes the file %j', (name, expected) => {
	expect(fileName({ kind: 'dataSetName' }, { id: ID, name })).toBe(expected);
});

test('a long name is cut between characters, never inside one', () => {
	const name = fileName({ kind: 'dataSetName' }, { id: ID, name: '😀'.repeat(300) });
	expect(name).toBe(`${'😀'.repeat(49)}.csv`);
});
