// Names what was skipped and prints the last line of a CI run: "N passed, N failed".
import { readFileSync } from 'node:fs';

const [reportPath, failedSteps, testsStatus] = process.argv.slice(2);
let passed = 0;
let failed = Number(failedSteps);
let failedTests = 0;
try {
  const report = JSON.parse(readFileSync(reportPath, 'utf8'));
  for (const file of report.testResults) {
    if (file.status === 'failed' && file.assertionResults.length === 0) failedTests += 1;
    for (const result of file.assertionResults) {
      if (result.status === 'passed') passed += 1;
      else if (result.status === 'failed') failedTests += 1;
      else console.log(`skipped: ${result.fullName}`);
    }
  }
} catch (error) {
  console.log(`The test report could not be read: ${error.message}`);
  failedTests += 1;
}
if (failedTests === 0 && testsStatus !== '0') failedTests = 1;
failed += failedTests;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
