import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startChannel } from '../channel';
import { endAll, type Endings } from '../cleanups';
import { startNextNodes } from '../nextNodes';
import { CONTAINER, type SandboxCredential, standardDataSets, startSandbox } from '../sandbox';
import { freeN8nPort, readArguments } from './arguments';
import { besideSandbox } from './besideSandbox';
import { linkPackage } from './community';
import { type Home, openHome, Unusable } from './home';
import { cacheFolder, installN8n, npm } from './install';
import { importInto, startN8n } from './n8n';
import { PAGE_LOGIN } from './pageLogin';
import { startPartnerModel } from './partnerModel';
import type { Importable } from './webhookWorkflow';
import { FIRST_EXAMPLES, welcome } from './welcome';

const ROOT = join(__dirname, '..', '..');
const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const say = (text: string) => console.log(text);

/** Serves the real n8n with this package linked into it, the sandbox beside it and the examples imported. What is started puts how to end it into `endings`. */
async function start(endings: Endings): Promise<void> {
	const { reset, folder } = readArguments(process.argv.slice(2));
	const port = await freeN8nPort();
	const { version } = await installN8n(say);
	const home = await openHome(resolve(folder ?? join(cacheFolder(), `sandbox-${version}`)), { reset });
	endings.push(home.leave);
	say('Building the package …');
	await npm(['run', '--silent', 'build'], ROOT);
	say('Starting Domo (a double of its API), OpenSSH, Azurite and n8n …');
	const sandbox = await startSandbox(standardDataSets(), home);
	endings.push(sandbox.close);
	const channel = await startChannel(postedInChat, home.places.channel.port);
	endings.push(channel.close);
	const { model, credential } = await startPartnerModel();
	endings.push(model.close);
	const nextNodes = await startNextNodes(({ subject }) => say(`A workflow sent a mail: ${subject}`));
	endings.push(nextNodes.close);
	await linkPackage(ROOT, 'n8n-nodes-domo-writeback', home.folder);
	const examples = (await readExamples()).map((workflow) => besideSandbox(workflow, { channel }));
	const credentials = [...sandbox.credentials, ...nextNodes.credentials, PAGE_LOGIN, credential];
	await importExamples(home, credentials, examples);
	const n8n = await startN8n({ userFolder: home.folder, port });
	endings.push(n8n.close);
	say(welcome({ ...n8n, version, files: sandbox.sftp.root, container: CONTAINER }));
}

function postedInChat(posted: unknown): void {
	say(`A workflow posted to the channel: ${JSON.stringify(posted)}`);
}

async function readExamples(): Promise<Importable[]> {
	const folder = join(ROOT, 'examples');
	const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
	return await Promise.all(files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))));
}

/** Credentials always, as a token of theirs ends some day. */
async function importExamples(
	home: Home,
	credentials: readonly SandboxCredential[],
	examples: readonly Importable[],
): Promise<void> {
	await importInto({ userFolder: home.folder }, credentials, firstLast(await home.newAmong(examples)));
	await home.imported(examples);
}

/** n8n lists what was imported last first, so the examples to try first go last. */
function firstLast(examples: readonly Importable[]): Importable[] {
	const place = ({ name }: Importable) => FIRST_EXAMPLES.findIndex((first) => first === name);
	const [first, others] = [examples.filter((one) => place(one) >= 0), examples.filter((one) => place(one) < 0)];
	return [...others, ...first.sort((one, other) => place(other) - place(one))];
}

/** Runs until the user stops it or it cannot start, and ends what was started by then. */
async function main(): Promise<number> {
	const endings: Endings = [];
	const stopped = new Promise<void>((stop) => STOPS.forEach((name) => process.on(name, () => stop())));
	try {
		await Promise.race([start(endings), stopped]);
		await stopped;
		say('\nStopping …');
		await endAll(endings);
		say('Stopped.');
		return 0;
	} catch (fault) {
		console.error(fault instanceof Unusable ? fault.message : fault);
		return 1;
	} finally {
		await endAll(endings);
	}
}

// What was just being started when it was stopped ends with this process.
void main().then((status) => process.exit(status));
