import { badSetting } from '../errors';
import type { ColumnChoice } from '../format/fileFormat';
import type { Options } from './options';

/** Reads which columns are written. Throws `setting` for a choice without names, or a name that is empty. */
export function readColumns(options: Options): ColumnChoice {
	const kind = options.choice('columns', 'Columns', ['all', 'only', 'except'], 'all');
	const names = readNames(options.value('columnNames'));
	if (kind !== 'all' && names.length === 0) {
		throw badSetting('Column Names or IDs', 'none is chosen', 'Choose columns, or set Columns to All.');
	}
	const renamed = options.entries('renameColumns', 'column').map((entry) => {
		const [from, to] = [entry.text('from'), entry.text('to').trim()];
		if (to === '')
			throw badSetting(
				'Rename Columns',
				`"${from}" gets an empty name`,
				'Type the new name that it should have in the file.',
			);
		return [from, to] as const;
	});
	return {
		kind,
		names: kind === 'all' ? [] : names,
		order: options.choice('columnOrder', 'Column Order', ['asListed', 'asInDataSet'], 'asListed'),
		renamed: new Map(renamed),
		asText: readNames(options.value('textColumns')),
		dropBatchColumns: options.flag('dropBatchColumns', false),
	};
}

/** A list from the editor or an expression; or names with commas between, as people type them. */
function readNames(value: unknown): readonly string[] {
	if (Array.isArray(value)) return value.map(String);
	return String(value ?? '')
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
}
