import { withoutEnd } from '../../support/withoutEnd';
import { invalidParameter, WritebackError } from '../../support/errors';

/** A SAS token as its own text shows it (learn.microsoft.com, "Create an account SAS" and "Create a service SAS"). */
export interface Sas {
	/** Ready to follow a `?`. Secret. */
	readonly token: string;
	/** Whether it opens the whole account or one container (or one folder of it). */
	readonly scope: 'account' | 'container';
	/** The letters of `sp`; empty when a stored access policy holds them. */
	readonly permissions: string;
	/** `se`; undefined when a stored access policy holds it. */
	readonly expires?: Date;
	/** Whether `spr` allows nothing but https. */
	readonly httpsOnly: boolean;
}

const LABEL = 'SAS Token';
const MAKE_NEW =
	'Create a new one in the Azure portal: Storage account → Shared access signature; select service Blob, resource type Object, permissions Read, Write, Create (to list containers, also resource type Service and permission List).';

/** Reads what a user pasted: a token, with a leading `?`, a whole URL or a connection string. Throws `setting` when the text alone shows that it cannot work. */
export function readSas(text: string): Sas {
	if (text.trim() === '') throw invalidParameter(LABEL, 'it is empty', `Paste the whole token. ${MAKE_NEW}`);
	const fields = readFields(text);
	const field = (name: string) => fields.get(name) ?? '';
	if (field('sig') === '')
		throw invalidParameter(LABEL, 'it has no signature (sig=…)', `Paste the whole token. ${MAKE_NEW}`);
	const scope = readScope(field('sr'));
	if (scope === 'account') {
		if (!field('ss').includes('b'))
			throw invalidParameter(LABEL, 'it is not for the Blob service (ss lacks b)', MAKE_NEW);
		if (!field('srt').includes('o'))
			throw invalidParameter(LABEL, "it doesn't allow access to objects (srt lacks o)", MAKE_NEW);
	}
	const permissions = field('sp');
	const hasPolicy = field('si') !== '';
	if (!/[wc]/.test(permissions) && !hasPolicy)
		throw invalidParameter(LABEL, 'it does not allow writing (sp lacks w and c)', MAKE_NEW);
	const expires = readTime(field('se'));
	return {
		token: [...fields].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&'),
		scope,
		permissions,
		...(expires === undefined ? {} : { expires }),
		httpsOnly: field('spr') === 'https',
		...checkTimes(readTime(field('st')), expires),
	};
}

function readFields(text: string): Map<string, string> {
	const fields = new Map<string, string>();
	for (const pair of unwrap(text).split('&')) {
		const index = pair.indexOf('=');
		const name = pair.slice(0, index).trim().toLowerCase();
		if (index > 0) fields.set(name, decode(name, pair.slice(index + 1)));
	}
	return fields;
}

/** Takes the token out of what it was copied with: line breaks, HTML, quotes, a connection string, a URL. */
function unwrap(text: string): string {
	const line = text
		.split(/[\r\n]/)
		.map((piece) => piece.trim())
		.join('')
		.replace(/&amp;/gi, '&')
		.replace(/^[\s"'`<>\u2018-\u201f]+/, '');
	const bare = withoutEnd(line, /[\s"'`<>\u2018-\u201f]/);
	const token = /SharedAccessSignature=([^;]*)/i.exec(bare)?.[1] ?? bare;
	const [query = ''] = token.slice(token.indexOf('?') + 1).split('#', 1);
	return query;
}

/** Values come encoded or not; a `+` of the signature turned into a space on its way is put back. */
function decode(name: string, value: string): string {
	const repaired = name === 'sig' ? value.replace(/ /g, '+') : value;
	try {
		return decodeURIComponent(repaired);
	} catch {
		return repaired;
	}
}

function readScope(resource: string): Sas['scope'] {
	if (resource === '') return 'account';
	if (resource === 'c' || resource === 'd') return 'container';
	if (resource.startsWith('b'))
		throw invalidParameter(
			LABEL,
			'it gives access to a single blob only (sr)',
			`Use an account SAS or a container SAS. ${MAKE_NEW}`,
		);
	throw invalidParameter(LABEL, 'it is not for the Blob service (sr)', MAKE_NEW);
}

function readTime(text: string): Date | undefined {
	const time = new Date(text);
	return Number.isNaN(time.getTime()) ? undefined : time;
}

/** Clocks differ: a token that becomes valid within these minutes is tried. */
const CLOCK_SKEW_MS = 15 * 60_000;

function checkTimes(starts: Date | undefined, expires: Date | undefined): Record<never, never> {
	if (expires !== undefined && expires.getTime() <= Date.now()) {
		throw new WritebackError('destinationLogin', `The SAS token expired on ${day(expires)}`, { hint: MAKE_NEW });
	}
	if (starts !== undefined && starts.getTime() > Date.now() + CLOCK_SKEW_MS) {
		throw new WritebackError('destinationLogin', `The SAS token is not valid before ${day(starts)}`, {
			hint: 'Wait until then, or create one that starts now.',
		});
	}
	return {};
}

/** A time as messages show it. */
export function day(time: Date): string {
	return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
