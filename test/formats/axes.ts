import { LETTERS } from '../../sandbox/domo/edgeCases';
import type { Condition, FileFormat, Names, Publishing, Rows, Settings } from './settings';
import type { SpotKind } from './spot';

/** One option and the values that it is tried with, each as what it sets, by a name; nothing is set by the first. */
export interface Axis {
	readonly name: string;
	readonly values: Readonly<Record<string, Partial<Settings>>>;
}

const UNSET = { unset: {} };

const format = (set: FileFormat): Partial<Settings> => ({ fileFormat: set });
const choose = (set: Rows): Partial<Settings> => ({ rows: set });
const where = (...condition: readonly Condition[]): Rows => ({ conditions: { condition } });
const publish = (set: Publishing): Partial<Settings> => ({ publishing: set });
const named = (set: Names): Partial<Settings> => ({ names: set });

/** An option whose values are set as they are called. */
function each<K extends keyof FileFormat>(name: K, values: ReadonlyArray<FileFormat[K]>): Axis {
	const set = values.map((value) => [String(value), format({ [name]: value })]);
	return { name, values: { ...UNSET, ...Object.fromEntries(set) } };
}

function eachPublished<K extends keyof Publishing>(name: K, values: ReadonlyArray<Publishing[K]>): Axis {
	const set = values.map((value) => [String(value), publish({ [name]: value })]);
	return { name, values: { ...UNSET, ...Object.fromEntries(set) } };
}

const ENCODINGS: readonly string[] = ['UTF-8', 'UTF-16LE', 'UTF-16BE', ...Object.keys(LETTERS).slice(1)];

const columnNames = ['=Total', 'Shipped At', 'order id', 'Discount %', '_BATCH_ID_', 'Order ID', 'shipped', 'ratio'];
const only = (columnOrder: FileFormat['columnOrder']) => format({ columns: 'only', columnNames, columnOrder });
const renamed = [
	{ from: 'Discount %', to: 'Rabatt; "net", 1|2' },
	{ from: 'Order ID', to: '-id' },
];

const FILE_FORMAT: readonly Axis[] = [
	each('encoding', ENCODINGS),
	each('format', ['csv', 'tsv', 'jsonLines', 'parquet']),
	{
		name: 'delimiter',
		values: {
			...each('delimiter', ['comma', 'tab', 'semicolon', 'pipe']).values,
			'custom ^': format({ delimiter: 'custom', customDelimiter: '^' }),
		},
	},
	{
		name: 'lineFeed',
		values: {
			...each('lineFeed', ['lf', 'crlf']).values,
			'custom \\r': format({ lineFeed: 'custom', customLineFeed: '\\r' }),
			'custom ~\\r\\n': format({ lineFeed: 'custom', customLineFeed: '~\\r\\n' }),
		},
	},
	each('quoteMode', ['never', 'needed', 'allText', 'everything']),
	each('escapeCharacter', ['\\', '"']),
	each('quoteCharacter', ["'"]),
	each('nullValue', ['NULL', '\\N']),
	each('skipHeader', [true, false]),
	each('includeBom', [true, false]),
	each('onUnmappable', ['refuse', 'replace']),
	{
		name: 'columns',
		values: {
			...each('columns', ['all']).values,
			'only, as listed': only('asListed'),
			'only, as in the DataSet': only('asInDataSet'),
			except: format({ columns: 'except', columnNames: ['order id', 'shipped', '_BATCH_ID_'] }),
		},
	},
	{ name: 'textColumns', values: { ...UNSET, two: format({ textColumns: ['Discount %', 'Shipped At'] }) } },
	{ name: 'renameColumns', values: { ...UNSET, two: format({ renameColumns: { column: renamed } }) } },
	each('dropBatchColumns', [true]),
	each('dateTimeFormat', ['yyyy-MM-dd HH:mm:ss', "dd.MM.yyyy 'at' hh:mm a, EEE XXX"]),
	each('timeZone', ['Europe/Berlin', 'Asia/Kolkata']),
	each('escapeFormulas', [true]),
	each('decimalSeparator', ['point', 'comma']),
	each('compression', ['none', 'gzip', 'zip']),
	{
		name: 'pgpPublicKey',
		values: {
			...UNSET,
			RSA: format({ pgpPublicKey: ['rsa'] }),
			'RSA and Curve25519': format({ pgpPublicKey: ['rsa', 'curve'] }),
		},
	},
	each('pgpArmor', [true]),
	{
		name: 'split',
		values: {
			...UNSET,
			'7 rows': format({ splitRows: 7 }),
			'1 MB': format({ splitMegabytes: 1 }),
			'7 rows and 1 MB': format({ splitRows: 7, splitMegabytes: 1 }),
		},
	},
	each('parquetCodec', ['snappy', 'zstd', 'uncompressed']),
	each('fileExtension', ['txt', '.dat.bin']),
];

const LONG_IDS: Condition = { column: 'Order ID', operator: 'greater', value: '7' };
export const SHIPPED = {
	column: 'Shipped At',
	operator: 'between',
	value: '2019-03-19T14:49:02',
	to: '2024-02-29',
} satisfies Condition;
const EXACT: Condition = {
	column: 'Discount %',
	operator: 'isOneOf',
	value: '10.5, 12345678901234567890.123456789012345678',
};
const PLAIN: Condition = { column: 'order id', operator: 'contains', value: 'SPACES' };

/** Together they choose rows by every type; each alone, too, in test/core. */
const ROWS: readonly Axis[] = [
	{
		name: 'conditions',
		values: {
			...UNSET,
			'a long number': choose(where(LONG_IDS)),
			'a time or a decimal': choose({ ...where(SHIPPED, EXACT), match: 'any' }),
			'a time and no value': choose({ ...where(SHIPPED, { column: 'ratio', operator: 'isNotEmpty' }), match: 'all' }),
			'text in any case': choose({ ...where(PLAIN), ignoreCase: true }),
			'no row': choose({ ...where(PLAIN), ignoreCase: false }),
		},
	},
	{ name: 'rows.timeZone', values: { ...UNSET, Kolkata: choose({ timeZone: 'Asia/Kolkata' }) } },
	{
		name: 'reportHighest',
		values: {
			...UNSET,
			'a long number': choose({ reportHighest: 'Order ID' }),
			'a decimal': choose({ reportHighest: 'Discount %' }),
			'a time': choose({ reportHighest: 'Shipped At' }),
		},
	},
	{ name: 'limit', values: { ...UNSET, '5': choose({ limit: 5 }), '1000': choose({ limit: 1000 }) } },
];

const NAMES: readonly Axis[] = [
	{
		name: 'selectFilename',
		values: {
			...UNSET,
			dataSetName: named({ selectFilename: 'dataSetName' }),
			plain: named({ selectFilename: 'filename', filename: 'report' }),
			'with an extension': named({ selectFilename: 'filename', filename: 'report.v2.CSV' }),
			'with macros': named({
				selectFilename: 'filename',
				filename: '<data_set_name> <rows>_<updated_at>_<execution_id>',
			}),
			'with its part': named({ selectFilename: 'filename', filename: 'p<part>_<data_set_id>' }),
		},
	},
];

/** What a server has, and the next node has not. */
const ON_SERVERS: readonly Axis[] = [
	{
		name: 'folder',
		values: {
			...UNSET,
			plain: named({ folder: 'in/ü b' }),
			dated: named({ folder: '<current_date>/x', dateFormat: 'yyyy/MM' }),
		},
	},
	eachPublished('ifExists', ['replace', 'fail', 'skip', 'addNumber']),
	eachPublished('onlyIfChanged', [true]),
	eachPublished('verifyContent', [true, false]),
];

const PUBLISHING: readonly Axis[] = [
	eachPublished('doneFile', ['none', 'empty', 'manifest']),
	eachPublished('doneFileName', ['_SUCCESS', 'ready_<data_set_id>.ok']),
	eachPublished('rowCheck', ['fail', 'warn', 'off']),
	eachPublished('ifNoRows', ['write', 'skip']),
];

const ONLY_SFTP: readonly Axis[] = [
	eachPublished('createFolders', [true, false]),
	eachPublished('permissions', ['640', '0600']),
	eachPublished('modifiedTime', ['dataSet', 'upload']),
	{
		name: 'temporaryName',
		values: {
			...eachPublished('temporaryName', ['hidden', 'suffix', 'none']).values,
			folder: publish({ temporaryName: 'folder', temporaryFolder: 'tmp/<data_set_id>' }),
		},
	},
];

const entries = {
	entry: [
		{ name: 'source', value: 'domo' },
		{ name: 'run_2', value: 'a b=c' },
	],
};

const CONTENT_TYPE = eachPublished('contentType', ['text/x-report; charset=utf-8']);

const ONLY_AZURE: readonly Axis[] = [
	CONTENT_TYPE,
	eachPublished('accessTier', ['default', 'Hot', 'Cool', 'Cold', 'Archive']),
	eachPublished('cacheControl', ['max-age=3600']),
	{ name: 'metadata', values: { ...UNSET, two: publish({ metadata: entries }) } },
	{ name: 'tags', values: { ...UNSET, two: publish({ tags: { entry: entries.entry.slice(0, 1) } }) } },
];

const ONLY: Readonly<Record<SpotKind, readonly Axis[]>> = {
	sftp: [...ON_SERVERS, ...ONLY_SFTP],
	azureBlob: [...ON_SERVERS, ...ONLY_AZURE],
	binary: [CONTENT_TYPE],
};

/** Every option of the panes and the names, for one destination. */
export const axesOf = (kind: SpotKind): readonly Axis[] => [
	...ROWS,
	...FILE_FORMAT,
	...NAMES,
	...PUBLISHING,
	...ONLY[kind],
];

/** What several values set together. */
export function together(parts: ReadonlyArray<Partial<Settings>>): Settings {
	const all = <K extends keyof Settings>(pane: K): Settings[K] => Object.assign({}, ...parts.map((part) => part[pane]));
	return { rows: all('rows'), fileFormat: all('fileFormat'), publishing: all('publishing'), names: all('names') };
}
