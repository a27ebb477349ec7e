import type { IDataObject } from 'n8n-workflow';
import type { AuthContext } from 'ssh2';
import { startFaultyLine, type LineFault } from '../../sandbox/faultyLine';
import { changesBlocks, dropsBlocks, flipsOneBit } from '../../sandbox/habits/blocks';
import type { Habit } from '../../sandbox/habits/habit';
import { mayNotRead } from '../../sandbox/habits/rights';
import { startOpenSsh } from '../../sandbox/openssh';
import { freePort } from '../../sandbox/process';
import type { Instead, SftpRequest } from '../../sandbox/ssh2Requests';
import { type Ssh2ServerOptions, startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf, sftpFieldsOf } from '../fields';
import { folderOnDisk, type Row, type Scene } from './row';

const [DENIED, FAILURE, UNSUPPORTED] = [3, 4, 8];
const OTHER_KEY = 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

type Script = (request: SftpRequest) => Instead;
type Fields = Readonly<Record<string, string | number | boolean>>;

/** A server whose answers are written down here. */
async function scripted(options: Ssh2ServerOptions, fields: Fields = {}): Promise<Scene> {
	const server = await startSsh2Server({ posixRename: true, ...options });
	return {
		...folderOnDisk(server.root),
		typed: { sftpWritebackApi: { ...passwordFieldsOf(server), ...fields } },
		close: server.close,
	};
}

/** OpenSSH behind a line that goes wrong. */
async function behind(fault: LineFault, times: number): Promise<Scene> {
	let left = times;
	const server = await startOpenSsh();
	const line = await startFaultyLine(server.port, () => (left-- > 0 ? fault : undefined));
	return {
		...folderOnDisk(server.root),
		typed: { sftpWritebackApi: { ...sftpFieldsOf(server), port: line.port } },
		close: async () => {
			await line.close();
			await server.close();
		},
	};
}

/** Does something to one request of a name, counted from 1, or to all from there on. */
function at(name: string, from: number, what: Instead, onwards = false): Script {
	let seen = 0;
	return (request) => {
		if (request.name !== name) return undefined;
		seen += 1;
		return seen === from || (onwards && seen > from) ? what : undefined;
	};
}

function ofAll(names: RegExp, what: Instead): Script {
	return ({ name }) => (names.test(name) ? what : undefined);
}

function atPart(name: string, what: Instead): Script {
	return ({ name: asked, paths }) =>
		asked === name && paths.some((path) => path.endsWith('.part')) ? what : undefined;
}

function both(one: Script, other: Script): Script {
	return (request) => one(request) ?? other(request);
}

/** The second file that is opened is the first one again. */
const endsAndLetsNothingBeOpened = () => both(at('WRITE', 3, 'disconnect'), at('OPEN', 2, DENIED));

const answers = (fault: string, ends: Row['ends'], refuse: () => Script, leaves = false): Row => ({
	where: 'SFTP',
	fault,
	ends,
	leaves,
	arrange: async () => await scripted({ refuse: refuse() }),
});

const VERIFIED = { publishing: { verifyContent: true } };

/** A server that does otherwise with files. */
const storing = (fault: string, ends: Row['ends'], habit: () => Habit, parameters: IDataObject = {}): Row => ({
	where: 'SFTP',
	fault,
	ends,
	arrange: async () => {
		const scene = await scripted({ habits: [habit()] });
		return { ...scene, parameters: { ...scene.parameters, ...parameters } };
	},
});

const line = (fault: string, ends: Row['ends'], how: LineFault['how'], atByte: number, times: number): Row => ({
	where: 'SFTP',
	fault,
	ends,
	arrange: async () => await behind({ how, atByte }, times),
});

const MID_WAY = 1.5 * 1024 * 1024;

export const SFTP_ROWS: readonly Row[] = [
	{
		where: 'SFTP',
		fault: 'no server listens on the port',
		ends: 'destinationInterrupted',
		arrange: async () => await scripted({}, { port: await freePort() }),
	},
	{
		where: 'SFTP',
		fault: 'the host key is not the pinned one',
		ends: 'hostKeyMismatch',
		arrange: async () => await scripted({}, { hostKeyFingerprint: OTHER_KEY }),
	},
	{
		where: 'SFTP',
		fault: 'no host key is pinned',
		ends: 'hostKeyUnknown',
		arrange: async () => await scripted({}, { hostKeyFingerprint: '' }),
	},
	{
		where: 'SFTP',
		fault: 'the server refuses the login',
		ends: 'destinationLogin',
		arrange: async () => await scripted({ authenticate: (context: AuthContext) => context.reject(['password']) }),
	},
	{
		where: 'SFTP',
		fault: 'the server does not offer SFTP',
		ends: 'destinationLogin',
		arrange: async () => await scripted({ sftp: false }),
	},
	{
		where: 'SFTP',
		fault: 'SFTP starts but never responds',
		ends: 'destinationInterrupted',
		arrange: async () => await scripted({ sftp: 'silent' }),
	},
	answers('the server refuses to create a file', 'targetRefused', () => at('OPEN', 1, DENIED, true)),
	answers('the server refuses the third write', 'targetRefused', () => at('WRITE', 3, FAILURE)),
	answers('the server never answers the third write', 'verified', () => at('WRITE', 3, 'silence')),
	answers('the server answers no write at all', 'destinationInterrupted', () => at('WRITE', 1, 'silence', true)),
	answers('the server closes the channel midway, once', 'verified', () => at('WRITE', 3, 'closeChannel')),
	answers('the server ends the connection midway, once', 'verified', () => at('WRITE', 3, 'disconnect')),
	answers('the server refuses to close the file', 'targetRefused', () => at('CLOSE', 1, FAILURE, true)),
	answers('the server holds fewer bytes than were sent', 'incomplete', () =>
		both(atPart('STAT', { size: 1000 }), ofAll(/^FSTAT$/, { size: 1000 })),
	),
	storing('the server stores zeros in place of some blocks', 'incomplete', () => dropsBlocks(7)),
	storing('the server stores other bytes than were sent', 'incomplete', () => changesBlocks(7)),
	storing('the server changes one bit, and all is verified', 'incomplete', () => flipsOneBit(), VERIFIED),
	storing('the user may not read what was written', 'verified', () => mayNotRead()),
	storing('the same, and all is to be verified', 'targetRefused', () => mayNotRead(), VERIFIED),
	answers('the server refuses the rename', 'targetRefused', () => ofAll(/RENAME$/, DENIED)),
	answers('the server renames nothing', 'targetRefused', () => ofAll(/RENAME/, UNSUPPORTED)),
	answers('the server shows sizes by an open handle only', 'verified', () => ofAll(/^L?STAT$|OPENDIR/, DENIED)),
	answers('the server shows no size at all', 'targetRefused', () => ofAll(/^[LF]?STAT$|OPENDIR/, DENIED)),
	answers('the server answers nothing from the rename on', 'destinationInterrupted', () =>
		at('POSIX-RENAME', 1, 'silence', true),
	),
	answers('the answer to the rename is lost', 'verified', () => at('POSIX-RENAME', 1, 'replyLost')),
	answers('the connection ends before the rename', 'verified', () => at('POSIX-RENAME', 1, 'disconnect')),
	answers(
		'the server refuses the third write, and to remove the part file',
		'targetRefused',
		() => both(at('WRITE', 3, FAILURE), at('REMOVE', 1, DENIED, true)),
		true,
	),
	{
		where: 'SFTP',
		fault: 'the connection ends midway, and the server lets no file be opened again',
		ends: 'verified',
		maxTries: 2,
		arrange: async () => await scripted({ refuse: endsAndLetsNothingBeOpened() }),
	},
	{
		where: 'SFTP',
		fault: 'the same in the only try',
		ends: 'destinationInterrupted',
		arrange: async () => await scripted({ refuse: endsAndLetsNothingBeOpened() }),
	},
	line('the connection is reset midway, once', 'verified', 'reset', MID_WAY, 1),
	line('the connection is closed midway, once', 'verified', 'end', MID_WAY, 1),
	line('a byte changes on its way, once', 'verified', 'corrupt', MID_WAY, 1),
	line('nothing comes through any more, once', 'verified', 'blackHole', MID_WAY, 1),
	line('nothing comes through from the first byte on', 'destinationInterrupted', 'blackHole', 1, Infinity),
];
