/** Where the examples' HTTP Request nodes turn to, as the files in examples/ have it. */
const DOMO = 'https://api.domo.com';
const CHANNEL = 'https://hooks.example.com/services/your-webhook';

interface Stands {
	/** Domo's double. */
	readonly domo: { readonly url: string };
	readonly channel: { readonly url: string };
}

/** The same workflow, whose HTTP Request nodes ask what stands in for Domo and for a chat. Credentials say by themselves where they lead. */
export function besideSandbox<T extends object>(workflow: T, { domo, channel }: Stands): T {
	const text = JSON.stringify(workflow).replaceAll(DOMO, domo.url).replaceAll(CHANNEL, channel.url);
	return JSON.parse(text);
}
