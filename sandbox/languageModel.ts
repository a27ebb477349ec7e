import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';

/** One call of a tool that the model wishes for. */
export interface Call {
	readonly tool: string;
	readonly arguments: Readonly<Record<string, unknown>>;
}

/** What the model does next, once it knows what its calls have come to. */
export type Step = (heard: readonly string[]) => Call;

/** A tool as an agent offers it to its model. */
export interface Offered {
	readonly name: string;
	readonly description: string;
	readonly parameters: { readonly properties: Readonly<Record<string, unknown>> };
}

/** A language model without a mind of its own, behind OpenAI's API (platform.openai.com, "Chat completions"). */
export interface LanguageModel {
	/** What its API is below, e.g. `http://127.0.0.1:4000/v1`. */
	readonly url: string;
	/** The tools it was offered, and what it was told that its calls came to, in order. */
	readonly offered: readonly Offered[];
	readonly heard: readonly string[];
	close(): Promise<void>;
}

interface Chat {
	readonly messages: ReadonlyArray<{ readonly role: string; readonly content: unknown }>;
	readonly tools?: ReadonlyArray<{ readonly function: Offered }>;
}

/** Starts one that takes each of `steps` in every conversation, one after the other, and then says that it is done. */
export async function startLanguageModel(steps: readonly Step[]): Promise<LanguageModel> {
	const [offered, heard]: [Offered[], string[]] = [[], []];
	const reply = ({ messages, tools = [] }: Chat) => {
		const answers = messages.filter(({ role }) => role === 'tool');
		offered.splice(0, offered.length, ...tools.map((tool) => tool.function));
		heard.splice(0, heard.length, ...answers.map(({ content }) => asText(content)));
		const call = steps[answers.length]?.(heard);
		return call === undefined ? { content: 'Done.' } : asking(call, answers.length);
	};
	const server = createServer((request, response) => {
		void bodyOf(request).then((text) => {
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(completion(reply(JSON.parse(text)))));
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No free port');
	return {
		url: `http://127.0.0.1:${address.port}/v1`,
		offered,
		heard,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

function asking(call: Call, number: number) {
	const wish = { name: call.tool, arguments: JSON.stringify(call.arguments) };
	return { content: null, tool_calls: [{ id: `call_${number}`, type: 'function', function: wish }] };
}

function completion(message: object) {
	const reason = 'tool_calls' in message ? 'tool_calls' : 'stop';
	return {
		id: 'completion',
		object: 'chat.completion',
		created: 0,
		model: 'sandbox',
		choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: reason }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

function asText(content: unknown): string {
	return typeof content === 'string' ? content : JSON.stringify(content);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
	return text;
}
