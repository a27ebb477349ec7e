const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
/** As Java, Python, C and PostgreSQL write what is no number. */
const SPECIAL = /^(?:nan|([+-]?)inf(?:inity)?)$/i;

/** A number of 64 bits, NaN and the infinities included; undefined for text that is none, or whose number is too large for one. */
export function readDouble(text: string): number | undefined {
	if (!NUMBER.test(text)) return special(text);
	const value = Number(text);
	return Number.isFinite(value) ? value : undefined;
}

function special(text: string): number | undefined {
	const match = SPECIAL.exec(text);
	if (match === null) return undefined;
	const [, sign] = match;
	return sign === undefined ? NaN : sign === '-' ? -Infinity : Infinity;
}
