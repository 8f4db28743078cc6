// SPDX-License-Identifier: MIT
using Chat;
using Microsoft.AspNetCore.DataProtection;
using StackExchange.Redis;

var release = Release.Load();
Misbehaviour.BeforeBoot(release);

var builder = WebApplication.CreateBuilder(args);
Misbehaviour.OnTerminate(release, builder.Services);

// One Redis for all that slots share: messages between them, the chat's history, sessions, and the keys that protect
// the session cookie. Without shared keys under one application name a cookie made by one slot is unreadable to the other.
var options = ConfigurationOptions.Parse(builder.Configuration["Redis"] ?? "localhost:6379");
options.AbortOnConnectFail = false;
var redis = await ConnectionMultiplexer.ConnectAsync(options);
Func<Task<IConnectionMultiplexer>> connect = () => Task.FromResult<IConnectionMultiplexer>(redis);

builder.Services.AddSingleton(release);
builder.Services.AddSingleton<IConnectionMultiplexer>(redis);
builder.Services.AddSingleton<History>();
builder.Services.AddDataProtection().SetApplicationName("chat").PersistKeysToStackExchangeRedis(redis, "chat:keys");
builder.Services.AddStackExchangeRedisCache(cache => cache.ConnectionMultiplexerFactory = connect);
builder.Services.AddSession();
builder.Services.AddSignalR()
    .AddMessagePackProtocol()
    .AddStackExchangeRedis(backplane =>
    {
        backplane.Configuration.ChannelPrefix = RedisChannel.Literal("chat");
        backplane.ConnectionFactory = async _ => await connect();
    });

var app = builder.Build();

app.Use((context, next) =>
{
    context.Response.Headers["X-Slot"] = release.Slot;
    context.Response.Headers["X-Version"] = release.Version;
    return next(context);
});
Misbehaviour.WhileRunning(release, app);

app.UseStaticFiles();
app.UseSession();
app.MapHub<ChatHub>("/UpdateHub", hub => hub.AllowStatefulReconnects = true);

var page = await File.ReadAllTextAsync(Path.Combine(app.Environment.WebRootPath, "chat.html"));
page = page.Replace("{{version}}", release.Version).Replace("{{slot}}", release.Slot);
app.MapGet("/", () => Results.Content(page, "text/html; charset=utf-8"));

app.MapGet("/health", () => new { status = "healthy", version = release.Version, slot = release.Slot });
app.MapGet("/version", () => release.Version);

// How often this session has asked, whichever slot answered.
app.MapGet("/count", async (HttpContext context) =>
{
    await context.Session.LoadAsync();
    var count = (context.Session.GetInt32("count") ?? 0) + 1;
    context.Session.SetInt32("count", count);
    await context.Session.CommitAsync();
    return count.ToString();
});

// A request that takes a while: it is in flight for as long as it says.
app.MapMethods("/work", ["GET", "POST"], async (HttpRequest request, int ms = 0) =>
{
    await request.Body.CopyToAsync(Stream.Null);
    await Task.Delay(ms);
    return $"worked {ms} ms";
});

app.Run();
