import type { SFTPWrapper } from 'ssh2';

/** What SSH implementations have taken for ever (draft-ietf-secsh-filexfer-02, section 3), less the header. */
const SAFE_BYTES = 31_952;

/** What a server may say of itself: less would make a request of every few bytes, and more is held in memory for each. */
const LEAST_BYTES = 4 * 1024;
const MOST_BYTES = 1024 * 1024;

/** How many bytes one write or read may have on a channel. */
export function limitOf(sftp: SFTPWrapper, name: '_maxWriteLen' | '_maxReadLen'): number {
	// ssh2 asks limits@openssh.com and keeps the answer to itself; without it every server but OpenSSH gets the safe size.
	const limit: unknown = Reflect.get(sftp, name);
	if (typeof limit !== 'number' || !(limit > 0)) return SAFE_BYTES;
	return Math.min(MOST_BYTES, Math.max(LEAST_BYTES, limit));
}
