import type { AuthContext } from 'ssh2';
import type { Ssh2ServerOptions } from '../../../sandbox/ssh2Server';
import type { Draw } from '../draw';

/** Lets the user in, or refuses and counts. */
interface Door {
	/** Undefined where the server's own will do. */
	readonly authenticate: Ssh2ServerOptions['authenticate'];
	readonly refused: () => number;
}

export function doorOf(login: Draw['login']): Door {
	let refused = 0;
	const refuse = (context: AuthContext, disconnect: () => void): void => {
		// With "none" clients only ask which methods there are.
		if (context.method !== 'none') refused += 1;
		if (context.method !== 'none' && login === 'hungUp') disconnect();
		else context.reject(['password']);
	};
	return { authenticate: login === 'right' ? undefined : refuse, refused: () => refused };
}
