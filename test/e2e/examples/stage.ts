import { resolve } from 'node:path';
import { type Channel, startChannel } from '../../../sandbox/channel';
import { catalogue } from '../../../sandbox/domo/dataSets';
import { type Digest, digest } from '../../../sandbox/domo/domo';
import { besideSandbox } from '../../../sandbox/n8n/besideSandbox';
import type { LanguageModel } from '../../../sandbox/languageModel';
import { closable, type Endings } from '../../../sandbox/cleanups';
import { installN8n } from '../../../sandbox/n8n/install';
import { importInto, type N8n, startN8n } from '../../../sandbox/n8n/n8n';
import { PAGE_LOGIN } from '../../../sandbox/n8n/pageLogin';
import { startPartnerModel } from '../../../sandbox/n8n/partnerModel';
import { type NextNodes, startNextNodes } from '../../../sandbox/nextNodes';
import { type Sandbox, standardDataSets, startSandbox } from '../../../sandbox/sandbox';
import { signIn } from '../editor';
import { executed, type Execution } from '../execution';
import { installedFromPack } from '../installed';
import { type Workflow, workflowsIn } from '../workflows';

const PACKAGE = resolve(__dirname, '../../..');

export const EXAMPLES = workflowsIn(resolve(PACKAGE, 'examples'));

/** How many DataSets the estate has. */
export const ESTATE = 300;

/** The real n8n with the packed package and the examples in it, signed in to, and what stands in for the world beside it. */
export interface Stage {
	readonly n8n: N8n;
	readonly userFolder: string;
	readonly editor: Awaited<ReturnType<typeof signIn>>;
	readonly sandbox: Sandbox;
	readonly channel: Channel;
	readonly model: LanguageModel;
	readonly nextNodes: NextNodes;
	/** What Domo's double serves for a DataSet, worked out without it. */
	served(id: unknown): Promise<Digest>;
	/** Runs a workflow by hand from a trigger of it. */
	run(workflow: string, trigger?: string): Promise<Execution>;
	close(): Promise<void>;
}

/** `variants` are imported, too; as the examples, they meet the sandbox. */
export async function openStage(variants: readonly Workflow[]): Promise<Stage> {
	return await closable(async (endings) => await opened(variants, endings));
}

/** What is opened puts how to end it into `endings`. */
async function opened(variants: readonly Workflow[], endings: Endings) {
	await installN8n((what) => console.log(what));
	const { userFolder, remove } = await installedFromPack();
	endings.push(remove);
	const others = standardDataSets().filter(({ name }) => !/region/i.test(name));
	const dataSets = new Map([...others, ...catalogue(ESTATE)].map((dataSet) => [dataSet.id, dataSet]));
	const sandbox = await startSandbox([...dataSets.values()]);
	endings.push(sandbox.close);
	const channel = await startChannel();
	endings.push(channel.close);
	const { model, credential } = await startPartnerModel();
	endings.push(model.close);
	const nextNodes = await startNextNodes();
	endings.push(nextNodes.close);
	const stands = { channel };
	const workflows = [...EXAMPLES, ...variants].map((workflow) => besideSandbox(workflow, stands));
	const credentials = [...sandbox.credentials, ...nextNodes.credentials, PAGE_LOGIN, credential];
	await importInto({ userFolder }, credentials, workflows);
	const n8n = await startN8n({ userFolder });
	endings.push(n8n.close);
	const editor = await signIn(n8n);
	const served = async (id: unknown) => {
		const dataSet = dataSets.get(String(id));
		if (!dataSet) throw new Error(`The sandbox has no DataSet ${String(id)}`);
		return await digest(dataSet);
	};
	const run = async (workflow: string, trigger = 'Try Now') =>
		await executed(editor, workflow, { triggerToStartFrom: { name: trigger } });
	return { n8n, userFolder, editor, sandbox, channel, model, nextNodes, served, run };
}
