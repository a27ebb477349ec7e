import type { IDataObject } from 'n8n-workflow';
import { type Case, casesTo, TO_SFTP, yields } from '../case';
import { DATA_SETS, TWINS } from '../stage/dataSets';
import type { Stage } from '../stage/stage';

const sftp = casesTo(TO_SFTP, DATA_SETS.plain.id);
const format = (fileFormat: IDataObject, dataSet = DATA_SETS.plain.id) => ({ dataSet, parameters: { fileFormat } });
const only = (...columnNames: string[]) => ({ columns: 'only', columnNames });
const rename = (from: string, to: string) => ({ renameColumns: { column: [{ from, to: yields(to) }] } });
const custom = (text: string) => ({ delimiter: 'custom', customDelimiter: yields(text) });
const quote = (text: string) => ({ quoteCharacter: yields(text) });
const escape = (text: string) => ({ escapeCharacter: yields(text) });
const TWICE = { from: 'a', to: 'c' };
const BARE = { quoteMode: 'never' };
const NULLS = { ...BARE, nullValue: 'NULL' };
const JSON_LINES = { format: 'jsonLines' };
const of = (name: keyof typeof DATA_SETS) => DATA_SETS[name].id;

/** What is wrong in the pane File Format, alone or with a DataSet that it does not suit. */
export const fileFormatCases = ({ pgp }: Pick<Stage, 'pgp'>): readonly Case[] => [
	sftp('Compression: there is no such option', format({ compression: yields('rar') })),
	sftp('Escape Formulas: it must be', format({ escapeFormulas: yields('perhaps') })),
	sftp('Split Rows: it must be a whole number', format({ splitRows: yields(0) })),
	sftp("Delimiter: it doesn't apply to Parquet files", format({ format: yields('parquet'), delimiter: 'pipe' })),
	sftp('Column Names or IDs: none is chosen', format({ columns: 'only' })),
	sftp('Column Names or IDs: they have no effect', format({ columnNames: ['a'] })),
	sftp('Column Names or IDs: "a" is listed twice', format(only('a', 'a'))),
	sftp('Column Names or IDs: the DataSet has no column "A"', format(only('A'))),
	sftp('Columns: the DataSet has none', format({ skipHeader: true }, of('noColumns'))),
	sftp('Columns: no columns are left', format({ columns: 'except', columnNames: ['a', 'b'] })),
	sftp(
		"Text Column Names or IDs: it doesn't apply to CSV files",
		format({ format: yields('csv'), textColumns: ['a'] }),
	),
	sftp('Text Column Names or IDs: the DataSet has no column "A"', format({ ...JSON_LINES, textColumns: ['A'] })),
	sftp('Text Column Names or IDs: "b" is not among', format({ ...JSON_LINES, ...only('a'), textColumns: ['b'] })),
	sftp('Rename Columns: "a" has an empty new name', format(rename('a', ' '))),
	sftp('Rename Columns: the DataSet has no column "c"', format(rename('c', 'd'))),
	sftp('Rename Columns: "a" is renamed twice', format({ renameColumns: { column: [TWICE, TWICE] } })),
	sftp('Rename Columns: "b" is not among', format({ ...only('a'), ...rename('b', 'c') })),
	sftp('Rename Columns: "a" and "b" would both be named "b"', format(rename('a', 'b'))),
	sftp('Custom Delimiter: it is empty', format(custom(''))),
	sftp('Custom Delimiter: it has 2 characters', format(custom('||'))),
	sftp('Delimiter: it is the same as the Quote', format({ delimiter: 'pipe', ...quote('|') })),
	sftp('Delimiter: it is the same as the Escape', format({ delimiter: 'pipe', ...escape('|') })),
	sftp('Delimiter: it is part of a line break', format(custom('\\n'))),
	sftp('Quote Character: it is empty', format(quote(''))),
	sftp('Quote Character: it has 2 characters', format(quote("''"))),
	sftp('Quote Character: it is part of a line break', format(quote('\\n'))),
	sftp('Escape Character: it is empty', format(escape(''))),
	sftp('Escape Character: it has 2 characters', format(escape('!!'))),
	sftp('Escape Character: it is part of a line break', format(escape('\\r'))),
	sftp('Decimal Separator: it is the same', { ...format({ ...BARE, decimalSeparator: 'comma' }), typeVersion: 1.1 }),
	sftp('Null Value: it contains the delimiter', format({ nullValue: 'a,b' })),
	sftp('Custom Line Feed: it is empty', format({ lineFeed: 'custom', customLineFeed: yields('') })),
	sftp('Custom Line Feed: JSON Lines needs', format({ ...JSON_LINES, lineFeed: 'custom', customLineFeed: '|' })),
	sftp('Include BOM: Windows-1252 has no byte order', format({ encoding: 'Windows-1252', includeBom: true })),
	sftp('File Encoding: "Klingon" isn\'t a supported encoding', format({ encoding: yields('Klingon') })),
	sftp('File Encoding: USASCII can\'t represent "»"', format({ encoding: 'US-ASCII', ...quote('»') })),
	sftp('File Encoding: Shift_JIS writes "〜" as', format({ encoding: 'Shift_JIS', ...quote('～') })),
	sftp(
		'On Unmappable Character: Replace writes',
		format({ encoding: 'ISO-8859-1', onUnmappable: 'replace', nullValue: '?' }),
	),
	sftp('File Encoding: the column name "a€" holds "€"', format({ encoding: 'ISO-8859-1' }, of('euroColumn'))),
	sftp('File Encoding: row 1, column "b" holds "€"', format({ encoding: 'ISO-8859-1' }, of('euro'))),
	sftp('File Extension: it contains characters', format({ fileExtension: yields('c/v') })),
	sftp('File Extension: the file would be named .pgp', format({ fileExtension: 'csv.pgp' })),
	sftp('Date Time Format: a single quote', format({ dateTimeFormat: yields("'") })),
	sftp('Time Zone: there is no time zone "Mars"', format({ dateTimeFormat: 'yyyy', timeZone: yields('Mars') })),
	sftp('Time Zone: it has no effect', format({ timeZone: 'Europe/Vienna' })),
	sftp('Format: JSON Lines cannot hold two columns', format(JSON_LINES, TWINS.id)),
	sftp('Format: Parquet cannot hold two columns', format({ format: 'parquet' }, TWINS.id)),
	sftp('Format: row 1, column "a" holds "many"', format({ format: 'parquet' }, of('notANumber'))),
	sftp('Quote Mode: row 1, column "b" holds a delimiter', format(BARE, of('comma'))),
	sftp('Quote Mode: row 1, column "b" holds a line break', format(BARE, of('lineBreak'))),
	sftp('Quote Mode: row 1, column "b" holds the null', format(NULLS, of('nullWord'))),
	sftp('Quote Mode: the column name "a,b" holds a delimiter', format(BARE, of('commaColumn'))),
	sftp('Quote Mode: the column name "a b" holds a line', format(BARE, of('lineBreakColumn'))),
	sftp('Quote Mode: the column name "NULL" holds the null', format(NULLS, of('nullColumn'))),
	sftp('PGP Public Key: it is empty, so', format({ pgpPublicKey: yields(' ') })),
	sftp('PGP ASCII Armor: it has no effect', format({ pgpArmor: true })),
	sftp('Quote Mode: row 1, column "a" would be an empty line', format(BARE, of('emptyLine'))),
	sftp('Quote Mode: row 1, column "a" would be a line of spaces', format(BARE, of('blankLine'))),
	sftp('Null Value: in a file of one column', format({ nullValue: ' ' }, of('emptyLine'))),
	sftp('Quote Mode: the name of the only column would be a line of spaces', format(BARE, of('blankName'))),
	sftp('Quote Mode: the name of the only column would be an empty line', format(BARE, of('emptyName'))),
	sftp('PGP Public Key: it contains no PGP key', format({ pgpPublicKey: 'ssh-ed25519 AAAA' })),
	sftp('PGP Public Key: the text between', format({ pgpPublicKey: damaged(pgp.revoked) })),
	sftp('PGP Public Key: a private key was pasted', format({ pgpPublicKey: pgp.secret })),
	sftp('PGP Public Key: the key Anna', format({ pgpPublicKey: pgp.expired })),
	sftp('PGP Public Key: the key Anna', format({ pgpPublicKey: pgp.expiredSubkey })),
	sftp('PGP Public Key: the key Anna', format({ pgpPublicKey: pgp.future })),
	sftp('PGP Public Key: the key Anna', format({ pgpPublicKey: pgp.revoked })),
	sftp('PGP Public Key: the key Anna', format({ pgpPublicKey: pgp.signing })),
	sftp('PGP Public Key: the key Weak', format({ pgpPublicKey: pgp.weak })),
	sftp('Row 1 of the export has 1 cell, ', format(JSON_LINES, of('cutCell'))),
	sftp('Row 1 of the export has 3 cells, ', format(JSON_LINES, of('threeCells'))),
	sftp('The header row of the export ends inside quotes', format(JSON_LINES, of('openHeader'))),
	sftp('Row 1 of the export ends inside quotes', format(JSON_LINES, of('openRow'))),
	sftp('The header row of the export has a quote', format(JSON_LINES, of('strayHeader'))),
	sftp('Row 1 of the export has a quote', format(JSON_LINES, of('strayRow'))),
	sftp('The header row of the export, or one soon', format(JSON_LINES, of('notUtf8Header'))),
	sftp('Row ', format(JSON_LINES, of('notUtf8Row'))),
	sftp("The DataSet's columns changed during the export: its header row lacks", format(JSON_LINES, of('lacks'))),
	sftp("The DataSet's columns changed during the export: its header row has", format(JSON_LINES, of('added'))),
];

/** Cut in the middle. */
function damaged(armor: string): string {
	const lines = armor.split('\n');
	return [...lines.slice(0, 3), ...lines.slice(-3)].join('\n');
}
