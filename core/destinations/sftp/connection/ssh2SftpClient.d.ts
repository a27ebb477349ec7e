// What is used of ssh2-sftp-client 12; the published types are of version 9.

declare module 'ssh2-sftp-client' {
	import type { Client, ConnectConfig, SFTPWrapper } from 'ssh2';

	class SftpClient {
		constructor(name: string, callbacks: Record<'error' | 'end' | 'close', () => void>);
		client: Client;
		/** Where its requests go. */
		sftp: Pick<SFTPWrapper, 'unlink' | 'rename' | 'ext_openssh_rename' | 'chmod'> | undefined;
		connect(config: ConnectConfig): Promise<SFTPWrapper>;
		delete(path: string): Promise<string>;
		rename(from: string, to: string): Promise<string>;
		posixRename(from: string, to: string): Promise<string>;
		chmod(path: string, mode: number): Promise<string>;
	}

	export = SftpClient;
}
