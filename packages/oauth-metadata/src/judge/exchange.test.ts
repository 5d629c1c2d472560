import { exchangeCases } from "../testing/exchange-cases";
import { judgeExchange } from "./exchange";

describe.each(exchangeCases)("$code", ({ code, name, fix, when, notWhen }) => {
  test(`is found when ${name}`, () => {
    const found = judgeExchange(when).filter((finding) => finding.code === code);
    expect(found).toMatchObject([{ fix: expect.stringContaining(fix) }]);
  });

  test(`is not found close by (${name})`, () => {
    expect(judgeExchange(notWhen).filter((finding) => finding.code === code)).toEqual([]);
  });
});
