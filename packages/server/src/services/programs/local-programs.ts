import type { LocalPrograms } from '../../open-local-programs.ts';
import { problemOfCounterName } from '../names/counter-name.ts';
import { SandboxDoor } from '../scenarios/sandbox-door.ts';
import type { Answer } from './field-process.ts';
import { FieldPrograms } from './field-programs.ts';
import { PassingCounters } from './passing-counters.ts';

/** Functions of fields where there is no project. @throws SandboxError */
export async function localPrograms(): Promise<LocalPrograms> {
  const exposure = async () => ({ workspaces: 1, listensOnLoopbackOnly: true });
  const door = SandboxDoor.of({ choice: {}, hidden: [], exposure });
  await door.open();
  const programs = new FieldPrograms(door);
  return {
    during: (plan, signal, work) => {
      const counters = new PassingCounters(async () => 0);
      const answer: Answer = async (question) => {
        const { ask, name } = question;
        if (typeof name !== 'string') return { refused: 'a name is a text' };
        if (ask === 'file') return { refused: 'workspace files are on a server: there are none here' };
        if (ask === 'rows') return { refused: 'other templates are on a server: there are none here' };
        const problem = problemOfCounterName(name);
        return problem === undefined ? counters.answer(name, question) : { refused: problem };
      };
      return programs.during(plan, '', signal, answer, work);
    },
  };
}
