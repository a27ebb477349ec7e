import { MOST_COLUMNS } from '../formatLimits';

const QUOTE = 0x22;
const COMMA = 0x2c;

/** In which column, from 1, a text ends that begins with a row. */
export function columnAtEnd(text: string): number {
	let column = 1;
	let isInside = false;
	for (let at = 0; at < text.length && column <= MOST_COLUMNS; at++) {
		const mark = text.charCodeAt(at);
		if (mark === QUOTE) isInside = !isInside;
		else if (mark === COMMA && !isInside) column += 1;
	}
	return column;
}
