import type { LoginProgress } from './authHandler';
import type { Greeting } from './serverGreeting';

/** What is known when a connection ends before the login is complete. */
export interface LoginAttempt {
	readonly progress: LoginProgress;
	readonly greeting: Pick<Greeting, 'isEmpty' | 'isSsh' | 'text' | 'otherService'>;
	/** Whether keys were exchanged. */
	readonly isEncrypted: boolean;
	/** What the server sent as a message to the user after it refused something; empty when nothing. */
	readonly banner: string;
	readonly timeoutMs: number;
}
