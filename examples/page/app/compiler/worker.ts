// The compiler off the main thread. One worker fits and another emits, so that a fit never waits for an emission; both
// are this file, and what is heavy (mathjs for formulas, nerdamer and the printers to emit) loads when it is first needed.
import { fitInitial } from '../../../../compiler/fit/index.js';
import { fitAnswer, valuesOf } from './fit-answer.js';
import type { Answers, FitAnswer, Question, Reply } from './messages.js';
import { refusalOf, specOf } from './request.js';
import type { Choice } from '../choice.js';

async function fit(choice: Choice, points: Float64Array): Promise<FitAnswer> {
  const spec = await specOf(choice);
  return fitAnswer(fitInitial(spec), spec.target, spec.interval, points);
}

async function answer(question: Question, tell: (at: string) => void): Promise<Answers[keyof Answers]> {
  switch (question.kind) {
    case 'fit':
      return fit(question.choice, question.points);
    case 'sample':
      return { targetValues: valuesOf((await specOf(question.choice)).target, question.points) };
    case 'emit': {
      const spec = await specOf(question.choice);
      const { emit } = await import('./emit.js');
      return emit(spec, question.fit, tell);
    }
    default:
      return question satisfies never;
  }
}

addEventListener('message', ({ data }: MessageEvent<{ id: number; question: Question }>) => {
  const { id, question } = data;
  void answer(question, (at) => postMessage({ id, at } satisfies Reply))
    .then((found): Reply => ({ id, answer: found }))
    .catch((error: unknown): Reply => ({ id, refusal: refusalOf(error, question.choice) }))
    .then((reply) => postMessage(reply));
});
