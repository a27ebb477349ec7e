import type { Case } from '../case';
import type { Stage } from '../stage/stage';
import { credentialCases } from './credentials';
import { detailsCases } from './details';
import { fileFormatCases } from './fileFormat';
import { publishingCases } from './publishing';
import { rowsCases } from './rows';
import { azureCases, domoCases, sftpCases } from './servers';

/** Every message that a writeback shows for what is typed, or for what a server answers. */
export function allCases(stage: Stage): readonly Case[] {
	return [
		...detailsCases,
		...fileFormatCases(stage),
		...rowsCases,
		...publishingCases(stage),
		...credentialCases(stage),
		...domoCases(stage),
		...sftpCases(stage),
		...azureCases(stage),
	];
}
