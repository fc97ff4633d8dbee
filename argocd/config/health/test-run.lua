-- The stages of a k6 TestRun. "finished" says only that it has ended: whether its thresholds were met is the verdict of
-- the Job that follows it (k6-operator#577).
local stage = ""
if obj.status ~= nil and obj.status.stage ~= nil then
  stage = obj.status.stage
end
if stage == "finished" then
  return { status = "Healthy", message = "The run has ended; its verdict is the Job's" }
end
if stage == "error" then
  return { status = "Degraded", message = "k6 could not run the test: see the Jobs' logs" }
end
if stage == "" then
  return { status = "Progressing", message = "Waiting for the k6 operator" }
end
return { status = "Progressing", message = "stage: " .. stage }
