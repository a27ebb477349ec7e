import { binaryFile } from './binaryFile';
import { canvas } from './canvas';
import { conditions } from './conditions';
import { credentials } from './credentials';
import { execute } from './execute';
import { faults } from './faults';
import { findNode } from './findNode';
import { hints } from './hints';
import { lists } from './lists';
import { openStage } from './stage';
import type { Stage } from './stage';
import { switchDestination } from './switchDestination';

let opened: Stage;

/** One n8n and one login for all journeys; each has its own workflow and tab. */
beforeAll(async () => {
	opened = await openStage();
});

afterAll(async () => opened?.close());

const stage = () => opened;

describe('in the node panel', () => findNode(stage));
describe('credentials', () => credentials(stage));
describe('lists', () => lists(stage));
describe('rows', () => conditions(stage));
describe('the destination', () => switchDestination(stage));
describe('on the canvas', () => canvas(stage));
describe('an execution', () => execute(stage));
describe('a binary file', () => binaryFile(stage));
describe('what is worth knowing', () => hints(stage));
describe('what goes wrong', () => faults(stage));
