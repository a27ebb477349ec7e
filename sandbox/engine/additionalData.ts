import { ExternalSecretsProxy } from 'n8n-core';
import type { ICredentialsHelper, IDataObject, INodeParameters, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

/** n8n builds links from these while it reads parameters; nothing listens there. */
const BASE_URL = 'http://localhost:5678/';

interface Surroundings {
	readonly credentialsHelper: ICredentialsHelper;
	readonly executionId?: string;
	/** The parameters of the node whose list is loaded. */
	readonly currentNodeParameters?: INodeParameters;
	/** Told what n8n would push to an open editor. */
	readonly onPush?: (type: string, data: IDataObject | IDataObject[]) => void;
}

/** What n8n's server tells its engine about itself. Other workflows, agents and task runners are not part of it. */
export function additionalDataFor(surroundings: Surroundings): IWorkflowExecuteAdditionalData {
	const { credentialsHelper, executionId = '1', currentNodeParameters, onPush } = surroundings;
	const absent = async (): Promise<never> => {
		throw new Error('Not part of this engine');
	};
	return {
		credentialsHelper,
		executionId,
		currentNodeExecutionIndex: 0,
		executeWorkflow: absent,
		getRunExecutionData: absent,
		getRuntimeCredential: absent,
		startRunnerTask: absent,
		logAiEvent: () => {},
		setExecutionStatus: () => {},
		externalSecretsProxy: new ExternalSecretsProxy(),
		variables: {},
		restApiUrl: `${BASE_URL}rest`,
		instanceBaseUrl: BASE_URL,
		formBaseUrl: `${BASE_URL}form`,
		formWaitingBaseUrl: `${BASE_URL}form-waiting`,
		formTestBaseUrl: `${BASE_URL}form-test`,
		webhookBaseUrl: `${BASE_URL}webhook`,
		webhookWaitingBaseUrl: `${BASE_URL}webhook-waiting`,
		webhookTestBaseUrl: `${BASE_URL}webhook-test`,
		mcpBaseUrl: `${BASE_URL}mcp`,
		mcpTestBaseUrl: `${BASE_URL}mcp-test`,
		...(currentNodeParameters && { currentNodeParameters }),
		...(onPush && { sendDataToUI: onPush }),
	};
}
