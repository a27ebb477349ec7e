import type { Session } from '../connection/session';
import type { AttributeSetter } from '../files/replaceFile';
import type { FileStat } from '../fileStat';
import { saysMissing, STATUS, statusOf } from '../statusErrors';
import { sanitize } from '../../../support/errors';
import type { Attributes } from '../../destination';

/** What a server is asked to say about a file. */
export type SettableAttributes = Pick<Attributes, 'asOf' | 'fingerprint' | 'permissions'>;

interface Refusal {
	/** What was not set, e.g. `the permissions 640`. */
	readonly what: string;
	readonly fault: Error;
}

/** Both requests are sent before this returns, so that what is asked next comes right behind them. Never rejects: some servers refuse them to everybody. */
export async function setAttributes(
	session: Session,
	path: string,
	{ asOf, fingerprint, permissions }: SettableAttributes,
): Promise<readonly Refusal[]> {
	const set = async (what: string, done: Promise<void>): Promise<readonly Refusal[]> => {
		try {
			await done;
			return [];
		} catch (fault) {
			return fault instanceof Error ? [{ what, fault }] : [];
		}
	};
	const requests: Array<Promise<readonly Refusal[]>> = [];
	if (asOf !== undefined) {
		const seconds = Math.floor(asOf.getTime() / 1000);
		// SFTP sets both times or neither. An old access time invites clean-up jobs to delete the file.
		const accessed = fingerprint ?? Math.floor(Date.now() / 1000);
		const done = session.call((sftp, answer) => sftp.utimes(path, accessed, seconds, answer));
		requests.push(set(TIME, done));
	}
	// Last: on some servers a file that may not be written keeps its time.
	if (permissions !== undefined) {
		const done = session.chmod(path, permissions);
		requests.push(set(permissionsOf(permissions), done));
	}
	return (await Promise.all(requests)).flat();
}

/** A part file's outfit, and what the server refused of it the last time. */
export function attributeSetter(session: Session, part: string, wanted: SettableAttributes) {
	let refusals: Promise<readonly Refusal[]> = Promise.resolve([]);
	const setter: AttributeSetter = {
		apply: () => {
			refusals = setAttributes(session, part, wanted);
		},
		// With an old modified time, other writebacks would take the part file for an abandoned one.
		revert: async () => void (wanted.asOf !== undefined && (await setAttributes(session, part, { asOf: new Date() }))),
	};
	return { outfit: setter, refused: async () => await refusals };
}

/** Whether the file had another name already: not every server answers in order. */
export function renamedBeforeSet(refusals: readonly Refusal[]): boolean {
	return refusals.some(({ fault }) => saysMissing(fault) || statusOf(fault) === STATUS.failure);
}

/** What a finished file says otherwise than the server was asked to set, and said that it did. Empty when all is as it should be. */
export function ignoredAttributes(
	found: FileStat,
	{ asOf, permissions }: SettableAttributes,
): ReadonlyArray<readonly [what: string, note: string]> {
	const notes: Array<readonly [string, string]> = [];
	const seconds = asOf && Math.floor(asOf.getTime() / 1000);
	if (seconds !== undefined && found.mtime !== seconds) {
		const has = found.mtime === undefined ? 'shows none' : `has ${isoTime(found.mtime)}`;
		const note = `The server accepted the modified time ${isoTime(seconds)}, but the file ${has}; 'Only If Changed' cannot skip such a file.`;
		notes.push([TIME, note]);
	}
	if (permissions !== undefined && found.permissions !== undefined && found.permissions !== permissions) {
		const note = `The server accepted the permissions ${octal(permissions)}, but the file has ${octal(found.permissions)}.`;
		notes.push([permissionsOf(permissions), note]);
	}
	return notes;
}

const TIME = 'the modified time';
const octal = (permissions: number) => permissions.toString(8).padStart(3, '0');
const permissionsOf = (permissions: number) => `the permissions ${octal(permissions)}`;
const isoTime = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000', '');

export function notesOf(refusals: readonly Refusal[]): string[] {
	return refusals.map(({ what, fault }) => `The server refused to set ${what} (${sanitize(fault.message)}).`);
}
