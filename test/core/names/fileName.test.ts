import { ID, nameBy, valuesOf } from './names';

test('a file named after the ID is the ID with .csv', () => {
	expect(nameBy({ kind: 'dataSetId' })).toBe(`${ID}.csv`);
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
	expect(nameBy({ kind: 'dataSetName' }, valuesOf(name))).toBe(expected);
});

test('a long name is cut between characters, never inside one', () => {
	const name = nameBy({ kind: 'dataSetName' }, valuesOf('😀'.repeat(300)));
	expect(name).toBe(`${'😀'.repeat(43)}.csv`);
});
