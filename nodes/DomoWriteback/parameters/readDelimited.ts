import { unescapeText } from './unescape';
import type { DelimitedOptions, TextEncoding } from '../../../core/format/formatOptions';
import { invalidParameter } from '../../../core/support/errors';
import type { Options } from '../../shared/optionsReader';

const DELIMITERS: Readonly<Record<string, string>> = { comma: ',', tab: '\t', semicolon: ';', pipe: '|' };

const DELIMITER_CHOICES = ['comma', 'tab', 'semicolon', 'pipe', 'custom'] as const;

/** Reads what CSV and TSV can be told. Throws `setting` for characters that would be taken for one another. */
export function readDelimited(
	options: Options,
	format: 'csv' | 'tsv',
	text: TextEncoding & { readonly lineFeed: string },
): DelimitedOptions {
	const delimiter = format === 'tsv' ? '\t' : readDelimiter(options);
	const quote = one(options, 'quoteCharacter', 'Quote Character', '"');
	const escape = one(options, 'escapeCharacter', 'Escape Character', quote);
	const nullValue = options.text('nullValue');
	const modes = ['needed', 'allText', 'everything', 'never'] as const;
	if (delimiter === quote || delimiter === escape) {
		throw invalidParameter(
			'Delimiter',
			`it is the same as the ${delimiter === quote ? 'Quote' : 'Escape'} Character`,
			'Use different characters for the two, e.g. a semicolon and a double quote.',
		);
	}
	for (const [label, character] of [
		['Delimiter', delimiter],
		['Quote Character', quote],
		['Escape Character', escape],
	] as const) {
		if (!text.lineFeed.includes(character) && !/[\r\n]/.test(character)) continue;
		throw invalidParameter(
			label,
			'it is part of a line break',
			'Choose a character other than a line break, e.g. a comma.',
		);
	}
	if ([delimiter, quote, '\r', '\n', text.lineFeed].some((special) => nullValue.includes(special))) {
		throw invalidParameter('Null Value', 'it contains the delimiter, a quote or a line break', 'Use e.g. \\N or NULL.');
	}
	return {
		kind: 'delimited',
		...text,
		header: !options.flag('skipHeader', 'Skip Header', false),
		delimiter,
		quote,
		quoteMode: options.choice('quoteMode', 'Quote Mode', modes, 'needed'),
		escape,
		nullValue,
	};
}

function readDelimiter(options: Options): string {
	const chosen = options.choice('delimiter', 'Delimiter', DELIMITER_CHOICES, 'comma');
	return chosen === 'custom' ? one(options, 'customDelimiter', 'Custom Delimiter', '') : (DELIMITERS[chosen] ?? ',');
}

/** A field that holds exactly one character, as the user sees it. */
function one(options: Options, name: string, label: string, otherwise: string): string {
	const text = unescapeText(options.value(name) === undefined ? otherwise : options.text(name));
	if ([...text].length === 1) return text;
	const what = text === '' ? 'it is empty' : `it has ${[...text].length} characters, but must have exactly one`;
	throw invalidParameter(label, what, 'Enter a single character such as ; or | (\\t for a tab).');
}
