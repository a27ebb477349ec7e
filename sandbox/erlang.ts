import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DebianSoftware, ensureInstalled } from './debian';
import { makeSite, serve, type SftpServer } from './sftpServer';

const ESCRIPT = '/usr/bin/escript';

/** Erlang/OTP's own SSH, which many products have inside. */
export const erlang: DebianSoftware = {
	name: "Erlang/OTP's ssh_sftpd",
	packages: ['erlang-base', 'erlang-ssh', 'openssh-client'],
	// The library's folder is named after its version.
	files: [ESCRIPT, '/usr/share/doc/erlang-ssh', '/usr/bin/ssh-keygen'],
};

const USERNAME = 'writer';

/** Serves one port until it is ended, and says who came in. */
const SERVER = `#!/usr/bin/env escript
main([Port, Root, System, User]) ->
    {ok, _} = application:ensure_all_started(ssh),
    {ok, _} = ssh:daemon({127,0,0,1}, list_to_integer(Port), [
        {system_dir, System}, {user_dir, User}, {auth_methods, "publickey"},
        {connectfun, fun(Name, _Peer, Method) -> io:format("Accepted ~s for ~s~n", [Method, Name]) end},
        {subsystems, [ssh_sftpd:subsystem_spec([{cwd, Root}])]}]),
    io:format("READY~n"),
    receive stop -> ok end.
`;

export interface ErlangOptions {
	/** What clients see as the login folder instead of an empty one of its own. */
	readonly files?: string;
}

/** Starts Erlang's SFTP server on a free port of the loopback address. */
export async function startErlang({ files }: ErlangOptions = {}): Promise<SftpServer> {
	await ensureInstalled(erlang);
	const site = await makeSite('erlang');
	const { folder, port, hostKey, userKey } = site;
	const [system, user, script] = [join(folder, 'system'), join(folder, 'login'), join(folder, 'server.escript')];
	await mkdir(system, { mode: 0o700 });
	await mkdir(user, { mode: 0o700 });
	await copyFile(hostKey, join(system, 'ssh_host_ed25519_key'));
	await copyFile(`${userKey}.pub`, join(user, 'authorized_keys'));
	await writeFile(script, SERVER);
	return await serve(site, USERNAME, {
		command: ESCRIPT,
		args: [script, String(port), files ?? site.root, system, user],
		// Erlang keeps a cookie and its crash dumps at home, and reads file names as the locale says.
		env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8' },
		cwd: folder,
		ready: /READY/,
	});
}
