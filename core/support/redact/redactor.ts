import { findSecrets, type SecretSearch } from './findSecrets';
import { formsOf, isRandom } from './secretForms';
import { beginningsOf, piecesOf } from './secretPieces';

/** Replaces what is secret in a text by `…`. */
export type Redact = (text: string) => string;

/** Knows the secrets of one execution, and keeps them out of what anyone sees: errors, hints, notes, receipts, lists and the log. */
export interface Redactor {
	/** Adds secrets; empty ones are left out. */
	add(secrets: Iterable<string>): void;
	/**
	 * For text from elsewhere, where it enters a message: every form of every secret is replaced, whatever else it could mean.
	 * Comes before any other cut; what is beyond 8,192 characters is dropped.
	 */
	readonly foreign: Redact;
	/**
	 * For finished messages and stored values, as a last net: only what no sentence of ours and no name of the user's holds by chance is
	 * replaced. A password that is a word stays a word there.
	 */
	readonly finished: Redact;
}

/** Far more than is shown of any text. */
const MOST_CHARACTERS = 8192;

export function createRedactor(secrets: Iterable<string> = []): Redactor {
	const known = new Set<string>();
	let wanted: { readonly foreign: SecretSearch; readonly finished: SecretSearch } | undefined;
	const add: Redactor['add'] = (more) => {
		const before = known.size;
		for (const secret of more) if (secret.trim() !== '') known.add(secret);
		if (known.size > before) wanted = undefined;
	};
	add(secrets);
	// Made when the first text comes: most executions have none.
	const lookFor = () => (wanted ??= wantedOf([...known]));
	return {
		add,
		foreign: (text) => redacted(text, () => lookFor().foreign),
		finished: (text) => redacted(text, () => lookFor().finished),
	};
}

function wantedOf(secrets: readonly string[]) {
	const forms = secrets.flatMap(formsOf).sort((a, b) => b.text.length - a.text.length);
	const distinctive = forms.filter((form) => form.distinctive);
	const words = [...secrets, ...distinctive.map(({ text }) => text)].flatMap((text) => text.split(/\s+/u));
	const foreign: SecretSearch = {
		forms,
		pieces: piecesOf([...secrets, ...forms.map(({ text }) => text)]),
		beginningBefore: beginningsOf(forms, 4),
	};
	const finished: SecretSearch = {
		forms: distinctive,
		pieces: piecesOf(words.filter(isRandomWord)),
		beginningBefore: beginningsOf(
			distinctive.filter(({ text }) => isRandomWord(text)),
			6,
		),
	};
	return { foreign, finished };
}

/** The address in front of a SAS token, its fields, and the words in front of a key are no secret. */
function isRandomWord(text: string): boolean {
	return isRandom(text) && !/[\s&:]/u.test(text);
}

function redacted(text: string, wanted: () => SecretSearch): string {
	if (text === '') return text;
	const bounded = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
	const kept: string[] = [];
	let done = 0;
	for (const [from, to] of findSecrets(bounded, wanted())) {
		kept.push(bounded.slice(done, from));
		done = to;
	}
	return [...kept, bounded.slice(done)].join('…');
}
