import { PollContext } from 'n8n-core';
import { type IDataObject, type INodeParameters, Workflow, type WorkflowExecuteMode } from 'n8n-workflow';
import { DomoClientApi } from '../../../credentials/DomoClientApi.credentials';
import { DomoDataSetTrigger } from '../../../nodes/DomoDataSetTrigger/DomoDataSetTrigger.node';
import type { DomoDouble } from '../../../sandbox/domo/domo';
import { additionalDataFor } from '../../../sandbox/engine/additionalData';
import { CredentialStore } from '../../../sandbox/engine/credentials';
import { prepareInstance } from '../../../sandbox/engine/instance';
import { nodeTypesOf } from '../../../sandbox/engine/nodeTypes';

const TRIGGER_TYPE = 'n8n-nodes-domo-writeback.domoDataSetTrigger';

/** The trigger in an active workflow, polled as n8n polls it. What n8n keeps goes through JSON after each poll, as it does in a restart. */
export class Activated {
	/** All that n8n keeps for the workflow. */
	staticData: IDataObject = {};
	/** What n8n keeps of the node instead, by its ID, with N8N_POLLER_DURABLE_CURSORS_ENABLED. */
	cursor: IDataObject | undefined;
	/** n8n refuses the cursor of a poll that has lost its lease. */
	refuses = false;
	/** What was logged as a warning. */
	readonly warnings: string[] = [];
	readonly store: CredentialStore;
	/** Of the node; the user may give it another one, and what is pasted has another ID. */
	name = 'When Changed';
	id = 'trigger';

	constructor(
		{ url, clientId, clientSecret }: DomoDouble,
		private parameters: IDataObject,
	) {
		prepareInstance();
		this.store = new CredentialStore([new DomoClientApi()], {
			domoClientApi: { apiHost: url, clientId, clientSecret, accessToken: '' },
		});
	}

	/** Another choice of parameters, as after an edit. */
	edit(parameters: IDataObject): void {
		this.parameters = parameters;
	}

	/** The `json` of each item; empty when the workflow is not started. */
	async poll(mode: WorkflowExecuteMode = 'trigger'): Promise<IDataObject[]> {
		return await this.polls(1, mode);
	}

	/** What so many polls that run at the same time give together. */
	async polls(times: number, mode: WorkflowExecuteMode = 'trigger'): Promise<IDataObject[]> {
		const workflow = this.workflow();
		await workflow.expression.acquireIsolate();
		try {
			const snapshots = Array.from({ length: times }, () => structuredClone(this.cursor));
			const contexts = snapshots.map((snapshot) => this.context(workflow, mode, snapshot));
			const outputs = await Promise.all(contexts.map(async (one) => await new DomoDataSetTrigger().poll.call(one)));
			this.staticData = JSON.parse(JSON.stringify(workflow.staticData));
			if (!this.refuses) this.cursor = snapshots.findLast((_, at) => outputs[at] !== null) ?? snapshots.at(-1);
			return outputs.flatMap((output) => output?.[0] ?? []).map(({ json }) => json);
		} finally {
			await workflow.expression.releaseIsolate();
		}
	}

	private workflow(): Workflow {
		const node = {
			id: this.id,
			name: this.name,
			type: TRIGGER_TYPE,
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: this.parameters as INodeParameters,
			credentials: { domoClientApi: { id: 'domo', name: 'Domo' } },
		};
		const nodeTypes = nodeTypesOf({ [TRIGGER_TYPE]: DomoDataSetTrigger });
		const staticData: IDataObject = structuredClone(this.staticData);
		return new Workflow({ id: 'workflow', nodes: [node], connections: {}, active: true, nodeTypes, staticData });
	}

	private context(workflow: Workflow, mode: WorkflowExecuteMode, snapshot?: IDataObject): PollContext {
		const node = workflow.nodes[this.name];
		if (node === undefined) throw new Error('The node is not in its workflow');
		const activation = mode === 'manual' ? 'manual' : 'activate';
		const data = additionalDataFor({ credentialsHelper: this.store });
		// Four callbacks as n8n's core has them by default.
		const callbacks = [undefined, undefined, undefined, undefined] as const;
		const ofNode = snapshot && (() => snapshot);
		const context = new PollContext(workflow, node, data, mode, activation, ...callbacks, ofNode);
		const { debug, info, error } = context.logger;
		const warn = (text: string) => void this.warnings.push(text);
		return Object.create(context, { logger: { value: { debug, info, error, warn } } });
	}
}

/** Parameters as the editor stores them. */
export function chosen(ids: readonly string[], others: IDataObject = {}): IDataObject {
	const dataSet = ids.map((value) => ({ dataSet: { __rl: true, mode: 'id', value } }));
	return { watch: 'dataSets', dataSets: { dataSet }, events: ['dataUpdated'], ...others };
}
