import { type LanguageModel, startLanguageModel, type Step } from '../languageModel';
import type { SandboxCredential } from '../sandbox';

const ID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/;

/** What a model would do for the request in examples/agent-writeback.json: look the DataSet up, and send the one that was found. */
const STEPS: readonly Step[] = [
	() => ({ tool: 'Find_DataSets', arguments: { Name_Contains: 'sales 007' } }),
	([found = '']) => ({
		tool: 'Send_to_Partner',
		arguments: { Input_DataSet_ID: ID.exec(found)?.[0] ?? '', Compression: 'gzip' },
	}),
];

/** The language model of that example, and the credential by which n8n reaches it. */
export async function startPartnerModel(): Promise<{ model: LanguageModel; credential: SandboxCredential }> {
	const model = await startLanguageModel(STEPS);
	const data = { apiKey: 'none', url: model.url, header: false };
	return { model, credential: { id: 'modelSandbox', name: 'Language model (sandbox)', type: 'openAiApi', data } };
}
