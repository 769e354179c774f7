"""The suite of jupyter_kernel_test on this kernel; the kernelspec is found by JUPYTER_PATH."""

import sys
import unittest

import jupyter_kernel_test


class ResolventTests(jupyter_kernel_test.KernelTests):
    kernel_name = sys.argv[1]
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [
        {"text": "Math.cbr", "matches": {"cbrt"}},
        {"text": "consol", "matches": {"console"}},
    ]
    complete_code_samples = ["1 + 1", "function f() {\n  return 1;\n}", "const a = [\n1,\n];"]
    incomplete_code_samples = ["function f() {", "const a = [", "`open", "f(1,"]
    invalid_code_samples = ["let = = 1", "1 +* 2", "a b c"]
    code_page_something = "Math.sqrt?"
    code_generate_error = "throw new Error('on purpose')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "const x: number = 3;\nx ** 2", "result": "9"},
        {"code": "[1, 'a']", "result": '[ 1, "a" ]'},
    ]
    code_display_data = [
        {"code": "await Deno.jupyter.display({ 'text/html': '<b>x</b>' }, { raw: true })", "mime": "text/html"},
        {"code": "await Deno.jupyter.display(Deno.jupyter.md`# a`)", "mime": "text/markdown"},
    ]
    code_history_pattern = "6?*?7"
    supported_history_operations = ("tail", "range", "search")
    code_history_output = None
    code_inspect_sample = "Math.sqrt"
    code_clear_output = "await Deno.jupyter.broadcast('clear_output', { wait: false })"


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
