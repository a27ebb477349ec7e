import { type CreateOnly, traitsOf } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import { isRefusal, statusOf } from '../statusErrors';
import { temporaryPaths } from './temporaryName';
import { sanitize, WritebackError } from '../../../support/errors';
import type { Target } from '../../destination';

/** What became of a request: `unsupported` when the server never offered it. */
type Outcome = 'done' | 'refused' | 'failed' | 'unsupported';

/** Rejects when the connection is lost. */
async function outcomeOf(session: Session, request: Promise<unknown>): Promise<Outcome> {
	try {
		await request;
		return 'done';
	} catch (fault) {
		if (session.isLost()) throw fault;
		if (statusOf(fault) === undefined) return 'unsupported';
		return isRefusal(fault) ? 'refused' : 'failed';
	}
}

const plain = async (session: Session, from: string, to: string) => await outcomeOf(session, session.rename(from, to));
const replacing = async (session: Session, from: string, to: string) =>
	await outcomeOf(session, session.posixRename(from, to));
const linking = async (session: Session, from: string, to: string) =>
	await outcomeOf(
		session,
		session.call((sftp, answer) => sftp.ext_openssh_hardlink(from, to, answer)),
	);

const removing = async (session: Session, path: string) => await outcomeOf(session, session.delete(path));

/** Makes an empty file where none is. */
async function making(session: Session, path: string): Promise<Outcome> {
	const created = session.open((sftp, answer) => sftp.open(path, 'wx', answer)).then(session.close);
	return await outcomeOf(session, created);
}

/**
 * Whether a server that is new to this process may rename files, in the round trip of what is asked besides: a file that does not exist is
 * renamed. False when it sounds as if renames were refused altogether.
 */
export async function seemsToRename(session: Session, target: Target): Promise<boolean> {
	const traits = traitsOf(session);
	if (traits.renames) return true;
	const [from, to] = [temporaryPaths(target).part, temporaryPaths(target).part];
	const outcomes = await Promise.all([replacing(session, from, to), plain(session, from, to)]);
	traits.renames = outcomes.includes('failed');
	return traits.renames;
}

/** Renames files of its own, where it only sounded as if that were refused. Resolves to what the user has to know when it is. */
export async function whyNoRename(session: Session, target: Target): Promise<WritebackError | undefined> {
	const [from, to] = [temporaryPaths(target).part, temporaryPaths(target).part];
	try {
		await making(session, from);
		const renamed = [await replacing(session, from, to), await plain(session, from, to)].includes('done');
		traitsOf(session).renames = renamed;
		return renamed ? undefined : noRename(target);
	} finally {
		await dropAll(session, [from, to]);
	}
}

export function noRename({ folder }: Target): WritebackError {
	return new WritebackError(
		'targetRefused',
		`The SFTP server does not let this user rename files in ${sanitize(folder || 'the login folder')}`,
		{
			hint: "A file is written under a temporary name and renamed when it is complete. Ask its administrator to allow the SFTP requests RENAME and posix-rename@openssh.com for this user, or choose None: Write in Place in Publishing → 'Temporary Name'.",
		},
	);
}

/** How a name is taken without replacing a file: asked of each server once, with files of its own. Rejects when the connection is lost. */
export async function createOnlyOf(session: Session, target: Target): Promise<CreateOnly> {
	const traits = traitsOf(session);
	traits.createOnly ??= learn(session, target);
	try {
		const how = await traits.createOnly;
		// Rights may be granted.
		if (how === undefined || how === 'refused') traits.createOnly = undefined;
		return how ?? 'none';
	} catch (fault) {
		traits.createOnly = undefined;
		throw fault;
	}
}

/** Undefined when no file can be made to try it with. */
async function learn(session: Session, target: Target): Promise<CreateOnly | undefined> {
	const names = Array.from({ length: 6 }, () => temporaryPaths(target).part);
	const [one = '', two = '', free = '', linked = '', moved = '', absent = ''] = names;
	// What could not be removed again would stay.
	if ((await removing(session, absent)) === 'refused') return undefined;
	try {
		// One after the other: some servers mix up two files that are open at once.
		const created = [await making(session, one), await making(session, two)];
		if (created.some((outcome) => outcome !== 'done')) return undefined;
		const onto = await plain(session, one, two);
		if (onto !== 'done' && (await plain(session, one, free)) === 'done') return 'rename';
		if ((await linking(session, two, linked)) === 'done' && (await linking(session, two, linked)) !== 'done')
			return 'link';
		const isExclusive = (await making(session, two)) !== 'done';
		const replaces = onto === 'done' || (await replacing(session, two, moved)) === 'done';
		if (!replaces) return 'refused';
		return isExclusive ? 'reserve' : 'none';
	} finally {
		await dropAll(session, names);
	}
}

async function dropAll(session: Session, paths: readonly string[]): Promise<void> {
	const { trials } = traitsOf(session);
	for (const path of paths) trials.add(path);
	await dropTrials(session);
}

/** Removes files that servers were tried with, also those that a lost connection has left there. Never rejects. */
export async function dropTrials(session: Session): Promise<void> {
	const { trials } = traitsOf(session);
	const drop = async (path: string) => {
		await removing(session, path);
		trials.delete(path);
	};
	await Promise.allSettled([...trials].map(drop));
}
