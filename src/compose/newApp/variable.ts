/**
 * A value of an environment variable that arrives as it was given: Kubernetes puts the value of another variable in the
 * place of `$(NAME)`, and a dollar in the place of two (kubernetes/kubernetes, third_party/forked/golang/expansion).
 */
export const literalVariable = (text: string): string => text.replace(/\$(?=[$(])|(?<=\$)\$/g, () => "$$");
