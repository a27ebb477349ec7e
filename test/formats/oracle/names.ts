import type { Nasty } from '../../../sandbox/domo/edgeCases';
import type { Settings } from '../settings';
import { dated } from './dates';
import { WORKFLOW_ZONE } from './table';

/** Where everything of one writeback should be, below the place of a test. */
export interface Places {
	/** With a slash at its end; empty for none. */
	readonly folder: string;
	file(part: number): string;
	/** What the data is called inside an archive. */
	entry(part: number): string;
	readonly done: string;
}

const ENDS: Readonly<Record<string, string>> = { csv: '.csv', tsv: '.tsv', jsonLines: '.jsonl', parquet: '.parquet' };

/** `number` is what If Exists adds, 0 for nothing. */
export function placesFor(settings: Settings, data: Nasty, startedAt: Date, number = 0): Places {
	const { fileFormat, publishing, names } = settings;
	const { splitRows, splitMegabytes, format = 'csv' } = fileFormat;
	const day = (at: Date) => dated(names.dateFormat ?? 'yyyy-MM-dd', at, WORKFLOW_ZONE);
	const split = splitRows !== undefined || splitMegabytes !== undefined;
	const macros = (text: string, part: number) =>
		text
			.replace('<data_set_name>', data.safeName)
			.replace('<data_set_id>', data.dataSet.id)
			.replace('<rows>', String(data.rows.length))
			.replace('<execution_id>', '1')
			.replace('<updated_at>', day(new Date(data.dataSet.updatedAt)).replace('/', '_'))
			.replace('<part>', five(part));
	const typed = names.selectFilename === 'filename' ? (names.filename ?? '') : undefined;
	const { stem, end } = endOf(typed, settings);
	const text =
		typed === undefined ? (names.selectFilename === 'dataSetName' ? '<data_set_name>' : '<data_set_id>') : stem;
	const numbered = (part: number, parts: boolean) =>
		macros(text, part) +
		(number === 0 ? '' : `-${number}`) +
		(parts && !text.includes('<part>') ? `-${five(part)}` : '');
	const folder = (names.folder ?? '').replace('<current_date>', day(startedAt));
	const doneEnd = publishing.doneFile === 'manifest' ? '.manifest.json' : '.done';
	const { doneFileName } = publishing;
	return {
		folder: folder === '' ? '' : `${folder}/`,
		file: (part) => numbered(part, split) + end,
		entry: (part) => numbered(part, split) + ENDS[format],
		done: doneFileName === undefined ? numbered(1, false) + doneEnd : macros(doneFileName, 1),
	};
}

/** What of a name is the extension, and what it becomes. */
function endOf(typed: string | undefined, { fileFormat }: Settings): { readonly stem: string; readonly end: string } {
	const { format = 'csv', compression = 'none', pgpPublicKey, pgpArmor = false, fileExtension } = fileFormat;
	const encrypted = pgpPublicKey === undefined ? '' : pgpArmor ? '.asc' : '.pgp';
	const wrapping = (compression === 'gzip' ? '.gz' : '') + encrypted;
	const own = typed === undefined ? undefined : /^(.+)(\.CSV)$/.exec(typed);
	if (fileExtension !== undefined) return { stem: typed ?? '', end: `.${fileExtension.replace(/^\./, '')}` };
	if (own === undefined || own === null) {
		return { stem: typed ?? '', end: (compression === 'zip' ? '.zip' : (ENDS[format] ?? '')) + wrapping };
	}
	// A name that has an extension keeps it, but a CSV that is in an archive is none.
	return { stem: own[1] ?? '', end: (compression === 'zip' ? '.zip' : (own[2] ?? '')) + wrapping };
}

function five(part: number): string {
	return String(part).padStart(5, '0');
}
