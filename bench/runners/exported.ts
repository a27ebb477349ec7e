import { get, type IncomingMessage } from 'node:http';

/** The body of an export. Rejects unless Domo sends one. */
export async function exported(url: string, authorization: string): Promise<IncomingMessage> {
	const answer = await new Promise<IncomingMessage>((resolve, reject) => {
		get(url, { headers: { authorization, accept: 'text/csv' } }, resolve).once('error', reject);
	});
	if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode}`);
	return answer;
}
