/** The function with its last answer kept: one request asks about the same time, address or name again and again. */
export function rememberLast<Result>(compute: (text: string) => Result): (text: string) => Result {
  let asked: string | undefined;
  let answer: Result | undefined;
  return (text) => {
    if (text === asked) return answer as Result;
    answer = compute(text);
    asked = text;
    return answer;
  };
}
