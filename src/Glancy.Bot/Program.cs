using Glancy.Bot;
using Glancy.Bot.Terminal;

// serve: one replica. terminal: the client a person types into. migrate: the schema alone, by the migrator's role.
return args switch
{
    ["terminal", .. var words] => await TerminalClient.RunAsync(words is ["--", .. var rest] ? rest : words),
    ["migrate", ..] => await Replica.MigrateAsync(args),
    ["serve", ..] => await Replica.ServeAsync(args),
    _ => Replica.Usage(),
};
