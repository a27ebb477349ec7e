import { allowAllHosts } from '../../../../../core/destinations/egressPolicy';
import { traitsOfServer } from '../../../../../core/destinations/sftp/connection/serverTraits';

const server = (host: string, loginId: string) => ({
	...({ host, port: 22, username: 'writer', hostKeys: 'any', legacyAlgorithms: false, idleMs: 1000 } as const),
	egress: allowAllHosts,
	loginId,
});

test('what a server shows one login says nothing to another login of the same user name', () => {
	traitsOfServer(server('a.example', 'theirs')).unreadable = true;
	expect(traitsOfServer(server('a.example', 'ours')).unreadable).toBe(false);
	expect(traitsOfServer(server('a.example', 'theirs')).unreadable).toBe(true);
});

test('the servers used last are remembered, and not every one there ever was', () => {
	traitsOfServer(server('kept.example', 'ours')).singleHandle = true;
	traitsOfServer(server('forgotten.example', 'ours')).singleHandle = true;
	for (let other = 0; other < 1500; other++) {
		traitsOfServer(server(`${other}.example`, 'ours'));
		traitsOfServer(server('kept.example', 'ours'));
	}
	expect(traitsOfServer(server('kept.example', 'ours')).singleHandle).toBe(true);
	expect(traitsOfServer(server('forgotten.example', 'ours')).singleHandle).toBe(false);
});
