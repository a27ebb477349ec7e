/** Where the examples' HTTP Request nodes turn to, as the files in examples/ have it. */
const CHANNEL = 'https://hooks.example.com/services/your-webhook';

interface Stands {
	readonly channel: { readonly url: string };
}

/** The same workflow, whose HTTP Request nodes ask what stands in for a chat. Credentials say by themselves where they lead. */
export function besideSandbox<T extends object>(workflow: T, { channel }: Stands): T {
	const text = JSON.stringify(workflow).replaceAll(CHANNEL, channel.url);
	return JSON.parse(text);
}
