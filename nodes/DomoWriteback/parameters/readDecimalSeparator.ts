import type { CellRules, RowOptions } from '../../../core/format/formatOptions';
import { invalidParameter } from '../../../core/support/errors';
import type { Options } from '../../shared/optionsReader';

/** Reads Decimal Separator. Throws `setting` when a reader couldn't tell a comma inside a number from one between cells. */
export function readDecimalSeparator(
	options: Options,
	writer: RowOptions['writer'],
): Pick<CellRules, 'decimalSeparator'> {
	const chosen = options.choice('decimalSeparator', 'Decimal Separator', ['point', 'comma'], 'point');
	if (chosen === 'point') return {};
	if (writer.kind !== 'delimited' || writer.delimiter !== ',') return { decimalSeparator: ',' };
	const { quoteMode, quote, escape } = writer;
	if (quoteMode !== 'never' || escape !== quote) return { decimalSeparator: ',' };
	throw invalidParameter(
		'Decimal Separator',
		"it is the same as 'Delimiter', and 'Quote Mode' is Never",
		"Set 'Delimiter' to Semicolon, set 'Quote Mode' to Needed Only, or enter an 'Escape Character' such as \\.",
	);
}
