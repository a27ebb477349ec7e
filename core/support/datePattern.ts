import { DateTime, IANAZone } from 'luxon';
import { invalidParameter } from './errors';

/** Writes its piece of a moment, or is text that stays as it is. */
type Piece = string | ((moment: DateTime) => string);

/** A pattern that was checked. */
export interface DateFormat {
	readonly pieces: readonly Piece[];
}

const EXAMPLE = "Use e.g. yyyy-MM-dd HH:mm:ss. Put words in single quotes, as in dd 'of' MMMM.";

const number = (of: (moment: DateTime) => number, digits: number) => (moment: DateTime) =>
	String(of(moment)).padStart(digits, '0');
const name = (token: string) => (moment: DateTime) => moment.toFormat(token, { locale: 'en-US' });
const fraction = (digits: number) => (moment: DateTime) => String(moment.millisecond).padStart(3, '0').slice(0, digits);
const zulu = (written: (moment: DateTime) => string) => (moment: DateTime) =>
	moment.offset === 0 ? 'Z' : written(moment);

const year = ({ year: of }: DateTime) => of;
const month = ({ month: of }: DateTime) => of;
const day = ({ day: of }: DateTime) => of;
const hour = ({ hour: of }: DateTime) => of;
const hourOf12 = ({ hour: of }: DateTime) => of % 12 || 12;
const minute = ({ minute: of }: DateTime) => of;
const second = ({ second: of }: DateTime) => of;

/** The letters of Java's patterns, which Domo uses, and of Unicode's (UTS 35, date field symbols), where the two agree. */
const TOKENS: ReadonlyMap<string, (moment: DateTime) => string> = new Map([
	['y', number(year, 1)],
	['yy', number((moment) => year(moment) % 100, 2)],
	['yyyy', number(year, 4)],
	['M', number(month, 1)],
	['MM', number(month, 2)],
	['MMM', name('MMM')],
	['MMMM', name('MMMM')],
	['d', number(day, 1)],
	['dd', number(day, 2)],
	['H', number(hour, 1)],
	['HH', number(hour, 2)],
	['h', number(hourOf12, 1)],
	['hh', number(hourOf12, 2)],
	['m', number(minute, 1)],
	['mm', number(minute, 2)],
	['s', number(second, 1)],
	['ss', number(second, 2)],
	['S', fraction(1)],
	['SS', fraction(2)],
	['SSS', fraction(3)],
	['a', (moment) => (moment.hour < 12 ? 'AM' : 'PM')],
	['E', name('EEE')],
	['EE', name('EEE')],
	['EEE', name('EEE')],
	['EEEE', name('EEEE')],
	['Z', name('ZZZ')],
	['ZZ', name('ZZZ')],
	['ZZZ', name('ZZZ')],
	['X', zulu((moment) => name('ZZZ')(moment).replace(/00$/, ''))],
	['XX', zulu(name('ZZZ'))],
	['XXX', zulu(name('ZZ'))],
]);

/** Text in single quotes, in which two are one; the same letter again and again; anything else. */
const PIECES = /'(?<quoted>(?:[^']|'')*)'|(?<token>([a-zA-Z])\3*)|(?<other>[^])/gu;

/**
 * Checks a pattern of y M d H h m s S a E Z X, any characters that are no letters, and text in single quotes. Throws `setting`, naming the
 * first letters that are no part of a date, or a quote that is not closed; `label` is the field's.
 */
export function readDateFormat(text: string, label: string): DateFormat {
	if (text.trim() === '') throw invalidParameter(label, 'it is empty', EXAMPLE);
	const pieces: Piece[] = [];
	for (const { groups = {} } of text.matchAll(PIECES)) {
		const { quoted, token, other = '' } = groups;
		if (other === "'") throw invalidParameter(label, 'a single quote is not closed', EXAMPLE);
		const written = token === undefined ? quoted?.replaceAll("''", "'") : TOKENS.get(token);
		// Two quotes and nothing between them are a quote.
		pieces.push(written === '' ? "'" : (written ?? other));
		if (token !== undefined && written === undefined) {
			throw invalidParameter(label, `"${token}" isn't part of a date or time`, EXAMPLE);
		}
	}
	return { pieces };
}

/** Writes a moment as the clocks of `timeZone` (an IANA name) show it, in English. Throws `setting` for a time zone that does not exist. */
export function formatDate(format: DateFormat, date: Date, timeZone: string): string {
	const moment = DateTime.fromMillis(date.getTime(), { zone: zoneOf(timeZone) });
	return format.pieces.map((piece) => (typeof piece === 'string' ? piece : piece(moment))).join('');
}

/** The time zone of an IANA name. Throws `setting` for one that does not exist. */
export function zoneOf(timeZone: string): IANAZone {
	const zone = IANAZone.create(timeZone);
	if (zone.isValid) return zone;
	throw invalidParameter(
		'Time Zone',
		`there is no time zone "${timeZone}"`,
		'Use an IANA name, e.g. Europe/Vienna or UTC.',
	);
}
