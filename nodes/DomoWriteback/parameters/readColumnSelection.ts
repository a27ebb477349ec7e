import type { ColumnSelection } from '../../../core/format/formatOptions';
import { invalidParameter } from '../../../core/support/errors';
import { type Options, readText } from '../../shared/optionsReader';

/** Reads which columns are written. Throws `setting` for a choice without names, for names without a choice, or a name that is empty. */
export function readColumnSelection(options: Options): ColumnSelection {
	const kind = options.choice('columns', 'Columns', ['all', 'only', 'except'], 'all');
	const names = readNames(options.value('columnNames'), 'Column Names or IDs');
	if (kind !== 'all' && names.length === 0) {
		throw invalidParameter('Column Names or IDs', 'none is chosen', "Choose columns, or set 'Columns' to All.");
	}
	if (kind === 'all' && names.length > 0) {
		throw invalidParameter(
			'Column Names or IDs',
			"they have no effect while 'Columns' is All",
			"Set 'Columns' to Only These or All Except, or remove the option under File Format.",
		);
	}
	return {
		kind,
		names,
		order: options.choice('columnOrder', 'Column Order', ['asListed', 'asInDataSet'], 'asListed'),
		renamed: readRenamed(options),
		asText: readNames(options.value('textColumns'), 'Text Column Names or IDs'),
		dropBatchColumns: options.flag('dropBatchColumns', 'Drop Batch Columns', false),
	};
}

function readRenamed(options: Options): ColumnSelection['renamed'] {
	return options.entries('renameColumns', 'column', 'Rename Columns').map((entry) => {
		const [from, to] = [entry.text('from'), entry.text('to').trim()];
		if (to !== '') return [from, to] as const;
		throw invalidParameter('Rename Columns', `"${from}" has an empty new name`, 'Enter its new name in the file.');
	});
}

/** A list from the editor or an expression; or names with commas between, as people type them. Spaces around a name may be its own. */
function readNames(value: unknown, label: string): readonly string[] {
	const names: readonly unknown[] = Array.isArray(value) ? value : readText(value, label).split(',');
	return names.map(String).filter((name) => name.trim() !== '');
}
