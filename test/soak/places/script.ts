import { setTimeout as sleep } from 'node:timers/promises';
import type { Refuse, SftpRequest } from '../../../sandbox/ssh2Requests';
import type { DrawnScript } from '../wrongs';

const STATUS = { denied: 3, failure: 4 } as const;

/** A size that no file of the soak has. */
const WRONG_SIZE = { size: 7 };

/** Answers as it was drawn, and counts how often it does not do what is asked. */
export function scripted(drawn: DrawnScript | undefined): { readonly refuse: Refuse; readonly faults: () => number } {
	let seen = 0;
	let faults = 0;
	const refuse: Refuse = async ({ name, paths }) => {
		if (drawn === undefined || !means(drawn, { name, paths })) return undefined;
		seen += 1;
		if (seen !== drawn.nth && !(drawn.isEver && seen > drawn.nth)) return undefined;
		faults += 1;
		const { what } = drawn;
		if (what === 'size') return WRONG_SIZE;
		if (what === 'denied' || what === 'failure') return STATUS[what];
		if (what !== 'late') return what;
		await sleep(drawn.ms);
		return undefined;
	};
	return { refuse, faults: () => faults };
}

/** A size is told of part files only: a server that lies about finished files cannot be helped. */
function means({ request, what }: DrawnScript, { name, paths }: SftpRequest): boolean {
	if (what !== 'size') return name === request;
	return name === 'STAT' && paths.some((path) => path.endsWith('.part'));
}
