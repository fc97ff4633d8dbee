-- An Application is as healthy as it says. Without this, what is in a later wave would not wait for an earlier one.
local hs = { status = "Progressing", message = "Waiting for the Application's first comparison" }
if obj.status ~= nil and obj.status.health ~= nil and obj.status.health.status ~= nil then
  hs.status = obj.status.health.status
  hs.message = obj.status.health.message or ""
end
return hs
