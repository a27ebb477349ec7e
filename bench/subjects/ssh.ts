import { run } from '../fixtures/command';
import type { Fixture } from '../fixtures/fixture';
import type { SftpServer } from '../fixtures/sftpServer';

const OPTIONS = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR', 'IdentitiesOnly=yes'];

/** OpenSSH's sftp, from a file on this machine, at its defaults. */
export async function sftpPut(lab: Fixture, server: SftpServer, source: string, target: string): Promise<number> {
	const args = ['-q', '-b', '-', '-P', String(server.port), ...identity(server), `${server.username}@${server.host}`];
	const { wallMs } = await run('sftp', args, { input: `put "${source}" "${target}"\n`, signal: lab.signal });
	return wallMs;
}

/** What stands in a pipe between an export and the server. */
export interface Filter {
	/** A command of the shell. */
	readonly command: string;
	/** Its variables. */
	readonly env?: Readonly<Record<string, string>>;
}

/** An export piped into `cat` on the server, through a filter where there is one: what one SSH stream can carry. */
export async function sshCat(
	lab: Fixture,
	server: SftpServer,
	url: string,
	target: string,
	filter?: Filter,
): Promise<number> {
	const ssh = ['ssh', '-p', String(server.port), ...identity(server), `${server.username}@${server.host}`];
	const authorization = await lab.domo.authorization();
	const env = { ...process.env, ...filter?.env, AUTHORIZATION: authorization, URL: url, TARGET: target };
	const filtered = filter ? `${filter.command} |` : '';
	// The header comes from the standard input, so that no list of processes shows it.
	const script = `printf 'Authorization: %s' "$AUTHORIZATION" | curl -sSf -H @- "$URL" | ${filtered} "$@" "cat > '$TARGET'"`;
	const { wallMs } = await run('/bin/sh', ['-c', script, 'sh', ...ssh], { env, signal: lab.signal });
	return wallMs;
}

function identity({ keyFile }: SftpServer): string[] {
	return ['-i', keyFile, ...OPTIONS.flatMap((option) => ['-o', option])];
}
