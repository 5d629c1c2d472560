import { mayDestroy } from "./command";
import { parentArguments } from "./parent";

test.each<[string, string[], Record<string, string>?]>([
  ["a plan", ["terraform", "plan", "-out=x"]],
  ["an apply", ["tofu", "-chdir=elsewhere", "apply", "-auto-approve"]],
  ["a plan that says that it does not destroy", ["terraform", "plan", "-destroy=false"]],
  ["a refresh", ["/usr/bin/terraform", "refresh"]],
  ["flags of another command", ["terraform", "plan"], { TF_CLI_ARGS_apply: "-destroy" }],
  ["a target that is called so", ["terraform", "plan", "-target=null_resource.destroy"]],
])("%s does not destroy", (_, args, env = {}) => {
  expect(mayDestroy(args, env)).toBe(false);
});

test.each<[string, string[] | undefined, Record<string, string>?]>([
  ["destroy", ["terraform", "destroy", "-auto-approve"]],
  ["destroy in another folder", ["terraform", "-chdir=x", "destroy"]],
  ["a plan of a destroy", ["terraform", "plan", "-destroy"]],
  ["an apply that destroys", ["tofu", "apply", "--destroy=true"]],
  ["a flag in the environment", ["terraform", "plan"], { TF_CLI_ARGS_plan: "-input=false -destroy" }],
  ["a flag for all commands", ["terraform", "plan"], { TF_CLI_ARGS: '"-destroy"' }],
  ["test", ["terraform", "test"]],
  ["a command that nobody here knows", ["terraform", "stacks", "plan"]],
  ["a program that is none of Terraform's", ["pulumi-resource-terraform-provider", "127.0.0.1:1"]],
  ["no command", ["terraform"]],
  ["what cannot be read", undefined],
])("%s may destroy", (_, args, env = {}) => {
  expect(mayDestroy(args, env)).toBe(true);
});

test("The command line of the process that started this one is read, and that of none is nothing", () => {
  const parent = parentArguments();
  if (process.platform !== "win32") expect(parent?.length).toBeGreaterThan(0);
  expect(parentArguments(2 ** 30)).toBeUndefined();
});
