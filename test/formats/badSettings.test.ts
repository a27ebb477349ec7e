import type { IDataObject } from 'n8n-workflow';
import { nasty } from '../../sandbox/domo/edgeCases';
import { expectNothingSent } from '../nodes/DomoWriteback/nothingSent';
import type { Kind } from '../nodes/DomoWriteback/places';
import { aStage } from './stage';

type Row = readonly [what: string, parameters: IDataObject, says: RegExp, hint: RegExp, kind?: Kind];

const csv = (options: IDataObject): IDataObject => ({ fileFormat: { format: 'csv', ...options } });
const custom = (customDelimiter: string, more: IDataObject = {}) =>
	csv({ delimiter: 'custom', customDelimiter, ...more });
const publish = (publishing: IDataObject): IDataObject => ({ publishing });
const named = (filename: string): IDataObject => ({ selectFilename: 'filename', filename });

/** Wrong whatever the DataSet is. */
const WRONG: readonly Row[] = [
	['a delimiter of two characters', custom(';;'), /^Custom Delimiter: it has 2 characters/, /single character/],
	['an empty delimiter', custom(''), /^Custom Delimiter: it is empty/, /\\t for a tab/],
	['a quote of two characters', csv({ quoteCharacter: "''" }), /^Quote Character: it has 2/, /single character/],
	['no quote', csv({ quoteCharacter: '' }), /^Quote Character: it is empty/, /single character/],
	['an escape of two characters', csv({ escapeCharacter: '\\\\n' }), /^Escape Character: it has 2/, /single/],
	['a delimiter that is the quote', custom("'", { quoteCharacter: "'" }), /^Delimiter: .* same as the Quote/, /e\.g\./],
	[
		'a delimiter that is the escape',
		custom('^', { escapeCharacter: '^' }),
		/^Delimiter: .* same as the Escape/,
		/e\.g\./,
	],
	[
		'a delimiter in the line feed',
		csv({ delimiter: 'pipe', lineFeed: 'custom', customLineFeed: '|\\n' }),
		/^Delimiter: it is part of a line break/,
		/comma/,
	],
	['an empty line feed', csv({ lineFeed: 'custom', customLineFeed: '' }), /^Custom Line Feed: it is empty/, /\\r/],
	[
		'a line feed of JSON Lines that data may hold',
		{ fileFormat: { format: 'jsonLines', lineFeed: 'custom', customLineFeed: '|' } },
		/^Custom Line Feed: JSON Lines needs a line break/,
		/\\n/,
	],
	['a null with a delimiter', csv({ nullValue: 'a,b' }), /^Null Value: it contains the delimiter/, /NULL/],
	[
		'an unknown encoding',
		csv({ encoding: '={{ "UTF-7" }}' }),
		/^File Encoding: "UTF-7" is no encoding/,
		/Windows-1252/,
	],
	[
		'a date format with other letters',
		csv({ dateTimeFormat: 'yyyy-MM-dd QQ' }),
		/^Date Time Format: "QQ"/,
		/yyyy-MM-dd/,
	],
	['no row in a part', csv({ splitRows: '={{ 0 }}' }), /^Split Rows: .* from 1/, /File Format/],
	[
		'half a megabyte in a part',
		csv({ splitMegabytes: '={{ 0.5 }}' }),
		/^Split Megabytes: .* whole number/,
		/File Format/,
	],
	['columns without names', csv({ columns: 'only' }), /^Column Names or IDs: none is chosen/, /All/],
	[
		'an empty new name',
		csv({ renameColumns: { column: [{ from: 'Order ID', to: ' ' }] } }),
		/^Rename Columns: "Order ID" has an empty new name/,
		/new name/,
	],
	['an extension with a slash', csv({ fileExtension: 'a/b' }), /^File Extension: /, /csv/],
	[
		'a misspelt macro in the name',
		named('<curent_date>'),
		/^Filename: there is no macro <curent_date>/,
		/Did you mean <current_date>\?/,
	],
	['a misspelt macro in the path', { path: 'in/<data_set_nam>' }, /^Path: there is no macro/, /<data_set_name>\?/],
	[
		'a misspelt macro in the folder',
		{ folder: '<exec_id>' },
		/^Folder: there is no macro <exec_id>/,
		/<execution_id>\?/,
		'azureBlob',
	],
	[
		'a misspelt macro in the done file',
		publish({ doneFile: 'empty', doneFileName: '<row>' }),
		/^Done File Name: there is no macro <row>/,
		/<rows>\?/,
	],
	[
		'a date format of macros with other letters',
		{ ...named('a<current_date>'), dateFormat: 'yyyy-QQ' },
		/^Date Format: "QQ"/,
		/yyyy-MM-dd/,
	],
	[
		'an unknown Temporary Name',
		publish({ temporaryName: '={{ "rename" }}' }),
		/^Temporary Name: there is no such option/,
		/hidden, suffix, folder, none/,
	],
	[
		'no Temporary Folder',
		publish({ temporaryName: 'folder', temporaryFolder: ' ' }),
		/^Temporary Folder: it is empty/,
		/same disk as 'Path'/,
	],
	[
		'a Temporary Folder that climbs out',
		publish({ temporaryName: 'folder', temporaryFolder: '../x' }),
		/^Temporary Folder: it contains "\.\./,
		/incoming/,
	],
	['permissions that are none', publish({ permissions: '888' }), /^Permissions: these aren't octal/, /640/],
	[
		'an unknown If Exists',
		publish({ ifExists: '={{ "append" }}' }),
		/^If Exists: there is no such option/,
		/replace, fail, skip, addNumber/,
	],
];

const stage = aStage();

const { id } = nasty().dataSet;

test.each(WRONG.map(([what, parameters, says, hint, kind = 'sftp']) => [what, kind, parameters, says, hint] as const))(
	'%s is told by the label of its field before anyone is asked (%s)',
	async (_, kind, parameters, says, hint) => {
		await expectNothingSent(stage().bench, kind, { dataSetId: id, parameters, says, hint });
	},
);
