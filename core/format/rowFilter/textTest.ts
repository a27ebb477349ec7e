import { bytesOf, type ByteText, type CellUse, compareText, folded, foldedBytes } from './byteText';
import { type Comparison, ordered } from './operators';

type TextTest = CellUse<boolean>;

const cut = ({ text }: ByteText, from: number, to: number) => text.slice(from, to);

/** How text that is not empty is compared; undefined for a range that ends before it begins. */
export function textTest(operator: Comparison, values: readonly string[], ignoreCase: boolean): TextTest | undefined {
	const wanted = values.map((value) => bytesOf(ignoreCase ? folded(value) : value));
	const [first = '', last = ''] = wanted;
	if (operator === 'between' && first > last) return undefined;
	if (operator === 'isOneOf') {
		const set = new Set(wanted);
		return (source, from, to) => set.has(compared(source, from, to, ignoreCase));
	}
	if (operator === 'is' || operator === 'isNot') return equality(first, operator === 'is', ignoreCase);
	const isMet = textOperator(operator, first) ?? ordered(operator, wanted, compareText);
	return (source, from, to) => isMet(compared(source, from, to, ignoreCase));
}

function compared(source: ByteText, from: number, to: number, ignoreCase: boolean): string {
	const text = cut(source, from, to);
	return ignoreCase ? foldedBytes(text) : text;
}

/** Nearly every cell differs in its length or its first letters, which tell without making a text. */
function equality(wanted: string, isMet: boolean, ignoreCase: boolean): TextTest {
	if (!ignoreCase) {
		return (source, from, to) => (to - from === wanted.length && source.text.startsWith(wanted, from)) === isMet;
	}
	const isAscii = !/[\x80-\xff]/.test(wanted);
	return (source, from, to) => {
		const same = sameAscii(source.bytes, from, to, wanted, isAscii);
		return (same ?? foldedBytes(cut(source, from, to)) === wanted) === isMet;
	};
}

/** How the only character beyond ASCII begins whose lower case is ASCII alone: the Kelvin sign, a k (Unicode, UnicodeData.txt, 212A). */
const KELVIN = 0xe2;

/** Whether the bytes in lower case are `wanted`; undefined when that depends on a character beyond ASCII, which may become another. */
function sameAscii(bytes: Buffer, from: number, to: number, wanted: string, isAscii: boolean): boolean | undefined {
	for (let index = from; index < to; index++) {
		const byte = bytes[index] ?? 0;
		if (byte >= 0x80) return isAscii && byte !== KELVIN ? false : undefined;
		const isUpper = byte >= 0x41 && byte <= 0x5a;
		if ((isUpper ? byte + 0x20 : byte) !== wanted.charCodeAt(index - from)) return false;
	}
	return to - from === wanted.length;
}

/** UTF-8 has no character whose bytes stand inside those of another one. */
function textOperator(operator: Comparison, wanted: string): ((bytes: string) => boolean) | undefined {
	if (operator === 'contains') return (bytes) => bytes.includes(wanted);
	if (operator === 'startsWith') return (bytes) => bytes.startsWith(wanted);
	return operator === 'endsWith' ? (bytes) => bytes.endsWith(wanted) : undefined;
}
