-- filing.lua: complaints with a key of their own each; anything but 201 is counted by status.
-- wrk -s filing.lua URL -- TOKEN RUN
local thread_no = 0
local threads = {}
function setup(thread)
    thread_no = thread_no + 1
    thread:set("id", thread_no)
    table.insert(threads, thread)
end

local headers, body, n, prefix
function init(args)
    n, filed, refused, first = 0, 0, 0, ""
    prefix = args[2] .. "-" .. id .. "-"
    headers = {["Authorization"] = "Bearer " .. args[1], ["Content-Type"] = "application/json"}
    body = '{"service":"M-WAT-01","unit":"PK52601","description":"No water since Monday in street %d",' ..
        '"complainant":{"name":"Shazia","phone":"03012345678","sex":"woman"}}'
end

function request()
    n = n + 1
    headers["Idempotency-Key"] = prefix .. n
    return wrk.format("POST", "/api/v1/cases", headers, body:format(n))
end

function response(status, _, text)
    if status == 201 then
        filed = filed + 1
    else
        refused = refused + 1
        if first == "" then first = status .. " " .. text end
    end
end

function done(summary, latency)
    local all, no, why = 0, 0, ""
    for _, t in ipairs(threads) do
        all, no = all + t:get("filed"), no + t:get("refused")
        if why == "" then why = t:get("first") end
    end
    local e = summary.errors
    print(string.format("filed=%d refused=%d broken=%d rate=%d p50_us=%d p99_us=%d why=%s", all, no,
        e.connect + e.read + e.write + e.timeout, all * 1000000 / summary.duration, latency:percentile(50),
        latency:percentile(99), why:gsub("%s+", " ")))
end
